import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { MetricValue } from '../../../shared/question'
import { OVERVIEW_CARDS } from '../../../worker/dashboard/overviewCards'
import { METRICS } from '../../../worker/metrics/definitions'
import { shopEvents } from '../../e2e/dashboardEvents'
import {
  addSite,
  ask,
  LOOKS,
  loaded,
  open,
  openTab,
  post,
  seriousFindings,
  server,
  signIn,
  visit,
} from '../../e2e/dashboardStage'

const IDS = METRICS.map(({ id }) => id)
const BOUNCES = 'sessions with one page view and no other interaction / sessions'
const PATHS = ['/metrics', '/now', '/settings']

beforeAll(async () => {
  await post(shopEvents())
})

const entry = (page: Page, id: string) => page.locator(`.entry[data-metric=${id}]`)

const textOf = (value: number | null | undefined) => (value === null || value === undefined ? '' : String(value))

const valuesOf = async (question: object = {}): Promise<Readonly<Record<string, MetricValue>>> =>
  (await ask({ period: '30d', ...question, metrics: IDS })).rows[0]?.metrics ?? {}

const shownValues = (page: Page) =>
  page
    .locator('.entry .value')
    .evaluateAll(elements => elements.map(element => element.getAttribute('data-value') ?? 'none'))

/** Reads from the API as the owner, or changes what is at a path. */
const asOwner = async (path: string, change?: object) => {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${server.adminToken}` },
    ...(change && { method: 'PATCH', body: JSON.stringify(change) }),
  })
  return response.json() as Promise<Record<string, never>>
}

const siteNamed = async (domain: string) => {
  const { sites } = (await asOwner('/sites')) as unknown as { sites: { domain: string }[] }
  return sites.find(site => site.domain === domain) as Record<string, unknown> | undefined
}

test('every metric has the value of the API, also in another period and with a filter', async () => {
  const page = await open('/metrics?site=localhost')
  const values = await valuesOf()
  expect(await shownValues(page)).toEqual(IDS.map(id => textOf(values[id]?.value)))
  expect(Object.values(values).some(({ value }) => (value ?? 0) > 0)).toBe(true)
  await page.getByRole('combobox', { name: 'Period' }).selectOption('7d')
  await loaded(page)
  const week = await valuesOf({ period: '7d' })
  expect(await shownValues(page)).toEqual(IDS.map(id => textOf(week[id]?.value)))
  await page.goto('/metrics?site=localhost&is.page=/')
  await loaded(page)
  const { rows } = await ask({ period: '30d', metrics: ['visitors'], filters: [['is', 'page', ['/']]] })
  expect(await entry(page, 'visitors').locator('.value').getAttribute('data-value')).toBe(
    textOf(rows[0]?.metrics.visitors?.value),
  )
  expect(await entry(page, 'cac').textContent()).toContain('This filter doesn’t apply to this metric.')
})

test('a metric shows its interval, a sparkline and, when open, its definition', async () => {
  const page = await open('/metrics?site=localhost')
  const { bounce_rate } = await valuesOf()
  const percent = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 1 })
  const [low = 0, high = 0] = bounce_rate?.interval ?? []
  const shown = entry(page, 'bounce_rate')
  expect(await shown.locator('.interval').textContent()).toBe(`${percent.format(low)} to ${percent.format(high)}`)
  await shown.locator('.spark polyline').first().waitFor()
  expect(await shown.getByText(BOUNCES).isVisible()).toBe(false)
  await shown.locator('summary').click()
  expect(await shown.getByText(BOUNCES).isVisible()).toBe(true)
  expect(await shown.textContent()).toContain('single_interaction')
  await page.getByRole('combobox', { name: 'Period' }).selectOption('7d')
  await loaded(page)
  expect(await shown.getByText(BOUNCES).isVisible()).toBe(true)
  expect(await entry(page, 'mrr').textContent()).toContain('Common but incorrect formula')
})

test('ratios of counts and their intervals read as plain numbers, not as percentages', async () => {
  const page = await open('/metrics?site=localhost')
  const number = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 })
  const values = await valuesOf()
  for (const id of ['pages_per_session', 'clicks_per_session', 'actions_per_session', 'content_pages_per_visitor']) {
    const { value, interval } = values[id] as MetricValue
    expect([id, await entry(page, id).locator('.value').textContent()]).toEqual([id, number.format(Number(value))])
    const [low, high] = interval?.map(bound => number.format(bound)) ?? []
    const range = interval && interval[0] < interval[1] ? `${low} to ${high}` : ''
    expect([id, await entry(page, id).locator('.interval').textContent()]).toEqual([id, range])
  }
})

test('an empty site shows 0 without an interval', async () => {
  await addSite('quiet.example')
  const page = await open('/?site=quiet.example')
  const card = page.locator('#cards [data-metric=visitors]')
  expect(await card.locator('.value').textContent()).toBe('0')
  expect(await card.locator('.detail').textContent()).not.toContain('interval')
  await page.goto('/metrics?site=quiet.example')
  await loaded(page)
  const counts = METRICS.filter(({ unit }) => unit === 'count').map(({ id }) => entry(page, id).locator('.interval'))
  expect(await Promise.all(counts.map(shown => shown.textContent()))).toEqual(counts.map(() => ''))
})

test('search finds metrics by name, id, synonym, formula and event', async () => {
  const page = await open('/metrics?site=localhost')
  const found = () =>
    page.locator('.entry:visible').evaluateAll(items => items.map(item => item.getAttribute('data-metric')))
  const search = page.getByRole('searchbox', { name: 'Search' })
  const synonyms = { ROI: 'romi', ROAS: 'romi', LTV: 'clv', AOV: 'average_order_value', 'unique visitors': 'visitors' }
  for (const [words, id] of Object.entries(synonyms)) {
    await search.fill(words)
    expect([words, await found()]).toEqual([words, expect.arrayContaining([id])])
    expect((await found()).length).toBeLessThan(IDS.length / 4)
  }
  await search.fill('stickiness')
  expect(await found()).toContain('stickiness')
  expect(await page.getByRole('status').textContent()).toBe(`${(await found()).length} of ${IDS.length}`)
  await search.fill('survey_response')
  expect(await found()).toEqual(['nps', 'nps_promoters', 'nps_passives', 'nps_detractors', 'csat'])
  await search.fill('nothing is called like this')
  expect(await found()).toEqual([])
  await search.fill('')
  expect(await found()).toEqual(IDS)
})

test('a metric without a value says what to send, and has a value once that is sent', async () => {
  const key = await addSite('lines.example', 'write')
  const page = await openTab({ permissions: ['clipboard-read', 'clipboard-write'] })
  await signIn(page)
  await page.goto('/metrics?site=lines.example')
  await loaded(page)
  const values = await valuesOf({ site: 'lines.example' })
  // Paths have no value until it is chosen where they begin.
  expect(
    await entry(page, 'paths').getByRole('link', { name: 'Choose it in Goals & events' }).getAttribute('href'),
  ).toBe('/goals?site=lines.example#paths')
  expect(await entry(page, 'paths').locator('.lacking code').count()).toBe(0)
  const without = IDS.filter(id => id !== 'paths' && values[id]?.value === null)
  expect(without.length).toBeGreaterThan(30)
  for (const id of without) {
    const shown = entry(page, id).locator('.lacking')
    expect(await shown.locator('code').textContent()).toMatch(/^(footfall\('|curl 'http|<script )/)
  }
  expect(await entry(page, 'nps').locator('.lacking code').textContent()).toBe(
    "footfall('survey_response', { survey_id: 'autumn', kind: 'nps', score: 9 })",
  )
  expect(await entry(page, 'stickiness').locator('.lacking code').textContent()).toContain('data-id="persistent"')
  expect(await entry(page, 'activation_rate').getByRole('link').getAttribute('href')).toBe(
    '/settings?site=lines.example#value_event',
  )
  const social = entry(page, 'social_engagement_rate')
  await social.getByRole('button', { name: 'Copy' }).first().click()
  const line = await page.evaluate(() => navigator.clipboard.readText())
  expect(line).toBe(await social.locator('.lacking code').textContent())
  const [, url = '', csv = ''] = /^curl '([^']+)' .* --data-binary \$'([^']+)'$/.exec(line) ?? []
  const sent = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
    body: csv.replaceAll('\\n', '\n'),
  })
  expect(sent.status).toBe(200)
  await page.reload()
  await loaded(page)
  expect(await social.locator('.value').textContent()).toBe('3%')
  expect(await social.locator('.lacking').count()).toBe(0)
})

test('the line is selected when the browser does not allow copying', async () => {
  const page = await openTab()
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
  await signIn(page)
  await page.goto('/metrics?site=localhost')
  await loaded(page)
  const nps = entry(page, 'nps').locator('.lacking')
  await nps.getByRole('button', { name: 'Copy' }).click()
  expect(await page.evaluate(() => String(getSelection()))).toBe(await nps.locator('code').textContent())
  expect(await page.locator('#announcement').textContent()).toContain('Selected')
})

test('Realtime counts a page view that arrives while the page is open, and keeps the focus', async () => {
  await addSite('now.example')
  const page = await open('/now?site=now.example')
  expect(await page.locator('.present .value').getAttribute('data-value')).toBe('0')
  expect(await page.textContent('#present')).toContain('No recent activity.')
  await visit('https://now.example/mugs', 'now.example')
  await page.locator('.present .value[data-value="1"]').waitFor()
  expect(await page.locator('#present tbody tr').first().textContent()).toContain('page_view/mugs')
  expect(await page.locator('#announcement').textContent()).toBe('1 visitor right now.')
  const table = page.getByRole('group', { name: 'Recent events' })
  await table.focus()
  await visit('https://now.example/socks', 'now.example')
  await page.getByText('/socks').waitFor()
  expect(await table.evaluate(element => element === document.activeElement)).toBe(true)
})

const openTabOf = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Settings' }).getByRole('link', { name, exact: true }).click()

test('settings are saved, and what the API rejects is shown at the field', async () => {
  await addSite('settings.example')
  const page = await open('/settings?site=settings.example')
  const form = page.locator('#site')
  await form.getByLabel('Name', { exact: true }).fill('A shop')
  await form.getByLabel('Time zone').selectOption('America/New_York')
  await form.getByLabel('Currency').selectOption('SEK')
  await openTabOf(page, 'Goals')
  await form.getByRole('button', { name: 'Add goal' }).click()
  await form.getByLabel('Name, Goals 1').fill('Newsletter sign-up')
  await form.getByLabel('Value, Goals 1', { exact: true }).fill('newsletter')
  await form.getByLabel('Goal value, Goals 1').fill('5')
  await form.getByRole('button', { name: 'Add goal' }).click()
  await form.getByLabel('Name, Goals 2').fill('Read to the end')
  await form.getByLabel('Type, Goals 2').selectOption('scroll')
  await form.getByLabel('Value, Goals 2', { exact: true }).fill('90')
  await form.getByRole('button', { name: 'Add conversion' }).click()
  await form.getByLabel('Type, Conversions 1').selectOption('page')
  await form.getByLabel('Value, Conversions 1').fill('thanks')
  await form.getByRole('button', { name: 'Set activation event' }).click()
  await form.getByLabel('Value, Activation event 1').fill('project_created')
  await form.getByRole('button', { name: 'Add criterion' }).click()
  await form.getByLabel('Type, PQL criteria 1').selectOption('feature')
  await form.getByLabel('Value, PQL criteria 1').fill('export')
  await form.getByLabel('Times, PQL criteria 1').fill('3')
  await form.getByRole('button', { name: 'Add feature' }).click()
  await form.getByLabel('Name, Features 1').fill('Export')
  await form.getByLabel('Value, Features 1').fill('export_done')
  await openTabOf(page, 'Tracking')
  await form.getByRole('button', { name: 'Add domain' }).click()
  await form.getByLabel('Value, Additional domains 1').fill('shop.test')
  await openTabOf(page, 'Traffic filters')
  await form.getByRole('button', { name: 'Add filter' }).click()
  await form.getByLabel('Type, Traffic to exclude 1').selectOption('country')
  await form.getByLabel('Value, Traffic to exclude 1').fill('AQ')
  // A page with unsaved changes asks before it is left. Whatever is wrong opens its tab.
  const asked = page.waitForEvent('dialog')
  const left = page.reload()
  expect((await asked).type()).toBe('beforeunload')
  await (await asked).dismiss()
  await left.catch(() => undefined)
  await form.getByRole('button', { name: 'Save' }).click()
  const wrong = form.getByLabel('Value, Conversions 1')
  await form.getByRole('alert').filter({ hasText: 'must be a path that begins with' }).waitFor()
  expect(await wrong.getAttribute('aria-invalid')).toBe('true')
  expect(await wrong.evaluate(element => element === document.activeElement)).toBe(true)
  expect(await siteNamed('settings.example')).toMatchObject({ name: 'settings.example' })
  await wrong.fill('/thanks*')
  await openTabOf(page, 'General')
  const months = form.getByLabel('Data retention (months)')
  await months.fill('121')
  await form.getByRole('button', { name: 'Save' }).click()
  await form.getByRole('alert').filter({ hasText: 'must be a whole number from 1 to 120' }).waitFor()
  expect(await months.getAttribute('aria-invalid')).toBe('true')
  await months.fill('24')
  const limit = form.getByLabel('Daily limit for data from browsers (MB)')
  expect(await limit.inputValue()).toBe('500')
  await limit.fill('2.5')
  await form.getByLabel('Type settings.example to').fill('settings.example')
  await form.getByRole('button', { name: 'Save' }).click()
  await form.getByText('Saved.').waitFor()
  expect(await wrong.getAttribute('aria-invalid')).toBe(null)
  const goals = [
    { id: 'newsletter-sign-up', name: 'Newsletter sign-up', event: 'newsletter', value: 5 },
    { id: 'read-to-the-end', name: 'Read to the end', scroll: 90 },
  ]
  expect(await siteNamed('settings.example')).toMatchObject({
    name: 'A shop',
    timezone: 'America/New_York',
    currency: 'SEK',
    settings: {
      conversions: [{ page: '/thanks*' }],
      value_event: { event: 'project_created' },
      product_qualified: [{ feature: 'export', times: 3 }],
      features: [{ name: 'Export', event: 'export_done' }],
      goals,
      filters_out: [{ what: 'country', is: 'AQ' }],
      hostnames: ['shop.test'],
      retention_months: 24,
      daily_bytes: 2_500_000,
    },
  })
  await page.reload()
  await loaded(page)
  expect(await form.getByLabel('Value, Conversions 1').inputValue()).toBe('/thanks*')
  expect(await form.getByLabel('Times, PQL criteria 1').inputValue()).toBe('3')
  expect(await form.getByLabel('Time zone').inputValue()).toBe('America/New_York')
  expect(await months.inputValue()).toBe('24')
  expect(await limit.inputValue()).toBe('2.5')
  await months.fill('')
  await limit.fill('')
  await openTabOf(page, 'Goals')
  await form.getByRole('button', { name: 'Remove Goals 2' }).click()
  await form.getByRole('button', { name: 'Remove Activation event 1' }).click()
  await form.getByRole('button', { name: 'Save' }).click()
  await form.getByText('Saved.').waitFor()
  expect(await siteNamed('settings.example')).toMatchObject({
    settings: { goals: goals.slice(0, 1), value_event: null, retention_months: null, daily_bytes: 500_000_000 },
  })

  const event = { name: 'newsletter', visitor_id: 'v1', url: 'https://settings.example/' }
  await post(
    [event, { ...event, visitor_id: 'v2' }, { ...event, name: 'page_view', visitor_id: 'v3' }],
    'settings.example',
  )
  await page.goto('/goals?site=settings.example&period=today')
  await loaded(page)
  const row = page.getByRole('region', { name: 'Goals' }).getByRole('row').filter({ hasText: 'Newsletter sign-up' })
  expect(await row.locator('[data-value]').first().getAttribute('data-value')).toBe('2')
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('link', { name: 'Add goal' }).click()
  await page.getByRole('button', { name: 'Add goal' }).waitFor()
  expect(await form.getByLabel('Name, Goals 1').inputValue()).toBe('Newsletter sign-up')
  await page.goto('/settings?site=settings.example#value_event')
  await page.getByRole('button', { name: 'Set activation event' }).waitFor()
})

test('funnels are created, changed and deleted, and what the API rejects is shown at the field', async () => {
  await addSite('funnels.example')
  const filtered = { name: 'Pro', event: 'sign_up', where: [['is', 'property:plan', ['pro']]] }
  await asOwner('/sites/funnels.example', {
    settings: { funnels: [{ id: 'old', name: 'Old', steps: [{ event: 'visit' }, filtered], window: 7 }] },
  })
  const page = await open('/settings?site=funnels.example#funnels')
  const form = page.locator('#site')
  const save = () => form.getByRole('button', { name: 'Save' }).click()
  await form.getByText('Only where property:plan is pro').waitFor()
  expect(await form.getByLabel('Name, step 1, Funnel 1').inputValue()).toBe('')
  await form.getByLabel('Name, Funnel 1').fill('Renamed')
  await form.getByRole('button', { name: 'Move up step 2, Funnel 1' }).click()

  await form.getByRole('button', { name: 'Add funnel' }).click()
  expect(await form.getByLabel('Name, Funnel 2').evaluate(field => field === document.activeElement)).toBe(true)
  await form.getByLabel('Name, Funnel 2').fill('Renamed')
  await form.getByLabel('Order, Funnel 2').selectOption('strict')
  await form.getByLabel('Count, Funnel 2').selectOption('session')
  await form.getByLabel('Window (days), Funnel 2').fill('0')
  await form.getByLabel('Type, step 1, Funnel 2').selectOption('page')
  await form.getByLabel('Event or page, step 1, Funnel 2').fill('pricing')
  await form.getByLabel('Event or page, step 2, Funnel 2').fill('sign_up')
  expect(await form.getByRole('button', { name: 'Remove step 2, Funnel 2' }).isDisabled()).toBe(true)
  await form.getByRole('button', { name: 'Add step, Funnel 2' }).click()

  const rejected = async (field: string, message: string) => {
    await save()
    await form.getByRole('alert').filter({ hasText: message }).waitFor()
    const wrong = form.getByLabel(field, { exact: true })
    expect([field, await wrong.getAttribute('aria-invalid')]).toEqual([field, 'true'])
    expect(await form.locator('[aria-invalid]').count()).toBe(1)
    return wrong
  }
  const page1 = await rejected('Event or page, step 1, Funnel 2', 'must be a path that begins with')
  await page1.fill('/pricing')
  await rejected('Event or page, step 3, Funnel 2', 'must not be empty')
  await form.getByRole('button', { name: 'Remove step 3, Funnel 2' }).click()
  const days = await rejected('Window (days), Funnel 2', 'at least 0.0007, about a minute, and at most 365.')
  await days.fill('0.5')
  await save()
  await form.getByText('Saved.').waitFor()
  const old = { id: 'old', name: 'Renamed', steps: [filtered, { name: 'visit', event: 'visit' }], window: 7 }
  const added = { id: 'renamed', name: 'Renamed', order: 'strict', scope: 'session', window: 0.5 }
  const steps = [
    { name: '/pricing', page: '/pricing' },
    { name: 'sign_up', event: 'sign_up' },
  ]
  expect(await siteNamed('funnels.example')).toMatchObject({ settings: { funnels: [old, { ...added, steps }] } })
  expect(await seriousFindings(page)).toEqual([])

  await form.getByRole('button', { name: 'Remove Funnel 1' }).click()
  await save()
  await form.getByText('Saved.').waitFor()
  expect(await siteNamed('funnels.example')).toMatchObject({ settings: { funnels: [{ ...added, steps }] } })
})

test('retention that deletes data is saved only after the site’s name is typed', async () => {
  await addSite('months.example')
  const page = await open('/settings?site=months.example')
  const form = page.locator('#site')
  const months = form.getByLabel('Data retention (months)')
  const typed = form.getByLabel('Type months.example to permanently delete')
  const save = async () => {
    const patched = page.waitForResponse(response => response.request().method() === 'PATCH')
    await form.getByRole('button', { name: 'Save' }).click()
    expect((await patched).status()).toBe(200)
    await form.getByText('Saved.').waitFor()
  }
  const kept = async () => ((await siteNamed('months.example')) as never as { settings: object }).settings
  const refused = async () => {
    await form.getByRole('button', { name: 'Save' }).click()
    await form.getByRole('alert').filter({ hasText: 'Type months.example to confirm' }).waitFor()
    expect(await typed.evaluate(element => element === document.activeElement)).toBe(true)
  }
  expect(await typed.isVisible()).toBe(false)

  await months.fill('24')
  await refused()
  await typed.fill('months.exampl')
  await refused()
  expect(await kept()).toMatchObject({ retention_months: null })
  await typed.fill('months.example')
  await save()
  expect(await kept()).toMatchObject({ retention_months: 24 })
  expect(await typed.isVisible()).toBe(false)

  for (const value of ['36', '36', '']) {
    await months.fill(value)
    expect(await typed.isVisible()).toBe(false)
    await save()
  }
  expect(await kept()).toMatchObject({ retention_months: null })

  await months.fill('36')
  await typed.fill('months.example')
  await save()
  await page.reload()
  await months.fill('35')
  expect(await typed.isVisible()).toBe(true)
  expect(await form.textContent()).toContain('events and sessions older than 35 months')
  await refused()
  expect(await kept()).toMatchObject({ retention_months: 36 })
})

test('a key is created, shown once and gives access until it is removed', async () => {
  await addSite('keys.example')
  const page = await open('/settings?site=keys.example&tab=people')
  const panel = page.locator('#keys')
  await panel.getByText('No keys yet.').waitFor()
  await panel.getByLabel('Name').fill('Sheet')
  await panel.getByRole('button', { name: 'Create key' }).click()
  const key = (await panel.locator('code').textContent()) ?? ''
  expect(key).toMatch(/^footfall_read_\w+$/)
  const asked = () =>
    fetch(`${server.url}/api/v1/metrics/visitors?site=keys.example`, { headers: { authorization: `Bearer ${key}` } })
  expect((await asked()).status).toBe(200)
  await page.reload()
  await panel.getByText('Read stats', { exact: true }).last().waitFor()
  expect(await panel.textContent()).not.toContain(key)
  await panel.getByRole('button', { name: 'Remove key Sheet' }).click()
  expect((await asked()).status).toBe(200)
  await panel.getByRole('button', { name: 'Confirm removal of key Sheet' }).click()
  await panel.getByText('No keys yet.').waitFor()
  expect((await asked()).status).toBe(401)
})

/** Pixels: less than two lines of code. */
const ONE_LINE = 28

test('the secret of a webhook is saved, never shown, and removed', async () => {
  await addSite('hooks.example')
  const page = await open('/settings?site=hooks.example&tab=webhooks')
  const panel = page.locator('#webhooks')
  await panel.getByText(`${server.url}/hooks/hooks.example/stripe`).waitFor()
  await panel.getByText('Stripe secret: Not set').waitFor()
  // Addresses break between the parts of their path, not within them.
  const heights = await panel
    .locator('code')
    .evaluateAll(codes => codes.map(code => code.getBoundingClientRect().height))
  expect(heights).toEqual(heights.map(() => expect.toSatisfy((height: number) => height < ONE_LINE)))
  await panel.getByLabel('Stripe secret').fill('whsec_typed_in')
  await panel.getByRole('button', { name: 'Save secrets' }).click()
  await panel.getByText('Stripe secret: Set').waitFor()
  await panel.getByText('Shopify secret: Not set').waitFor()
  await page.reload()
  await panel.getByText('Stripe secret: Set').waitFor()
  expect(await page.content()).not.toContain('whsec_typed_in')
  expect(await siteNamed('hooks.example')).toMatchObject({ settings: { webhook_secrets: { stripe: true } } })
  expect(await panel.getByRole('button', { name: 'Remove Shopify’s secret' }).isVisible()).toBe(false)
  await panel.getByRole('button', { name: 'Remove Stripe’s secret' }).click()
  await panel.getByText('Stripe secret: Not set').waitFor()
  expect(await siteNamed('hooks.example')).not.toHaveProperty('settings.webhook_secrets')
})

test('a key expires after its last day', async () => {
  await addSite('until.example')
  const page = await open('/settings?site=until.example&tab=people')
  const panel = page.locator('#keys')
  await panel.getByLabel('Name').fill('Guest')
  await panel.getByLabel('Expires').fill('2020-01-31')
  await panel.getByRole('button', { name: 'Create key' }).click()
  await panel.getByRole('alert').filter({ hasText: 'must be a future time' }).waitFor()
  expect(await panel.getByLabel('Expires').getAttribute('aria-invalid')).toBe('true')
  await panel.getByLabel('Expires').fill('2099-01-31')
  await panel.getByRole('button', { name: 'Create key' }).click()
  await panel.locator('tbody tr').waitFor()
  expect(await panel.locator('tbody').textContent()).toContain('31 Jan 2099')
})

test('a site is deleted with its data only after its name is typed', async () => {
  await addSite('gone.example')
  const page = await open('/settings?site=gone.example&tab=danger')
  const button = page.getByRole('button', { name: 'Delete site and data' })
  const typed = page.locator('#remove').getByRole('textbox')
  expect(await button.isDisabled()).toBe(true)
  await typed.fill('gone.exampl')
  expect(await button.isDisabled()).toBe(true)
  await typed.press('Enter')
  expect(await siteNamed('gone.example')).toBeDefined()
  await typed.fill('gone.example')
  await button.click()
  await page.waitForURL(url => url.pathname === '/')
  expect(await siteNamed('gone.example')).toBeUndefined()
})

test('a reader with a read key sees the pages, but not the settings', async () => {
  const key = await addSite('reader.example', 'read')
  const page = await openTab()
  await signIn(page, key)
  await page.goto('/settings')
  await loaded(page)
  expect(await page.textContent('main')).toContain('Only owners and editors of this site can change its settings.')
  expect(await page.locator('main form').count()).toBe(0)
  for (const path of ['/metrics', '/now']) {
    await page.goto(path)
    await loaded(page)
    expect(await page.getByRole('alert').count()).toBe(0)
  }
})

const cardsOf = async (question: object) => {
  const { rows } = await ask({ period: '30d', ...question, metrics: OVERVIEW_CARDS })
  return OVERVIEW_CARDS.map(id => textOf(rows[0]?.metrics[id]?.value))
}

const shownCards = (page: Page) =>
  page.locator('#cards [data-value]').evaluateAll(values => values.map(value => value.getAttribute('data-value')))

const searchIs = (page: Page, search: string) => page.waitForURL(url => decodeURIComponent(url.search) === search)

test('filters are built, edited, saved as a segment and cleared, and the address keeps them', async () => {
  const page = await open('/?site=localhost')
  const filter = page.getByRole('form', { name: 'Filter' })
  await page.getByText('+ Filter').click()
  await filter.getByLabel('Dimension').selectOption('Country')
  await filter.getByRole('checkbox', { name: 'Sweden' }).check()
  await filter.getByLabel('Value', { exact: true }).fill('norw')
  await filter.getByRole('checkbox', { name: 'Norway' }).check()
  await filter.getByRole('button', { name: 'Apply filter' }).click()
  await searchIs(page, '?site=localhost&is.country=SE&is.country=NO')
  await loaded(page)
  expect(await shownCards(page)).toEqual(await cardsOf({ filters: [['is', 'country', ['SE', 'NO']]] }))

  await page.getByRole('button', { name: 'Edit: Country is Sweden or Norway' }).click()
  await filter.getByRole('checkbox', { name: 'Norway' }).uncheck()
  await filter.getByRole('button', { name: 'Apply filter' }).click()
  await searchIs(page, '?site=localhost&is.country=SE')
  await page.getByText('+ Filter').click()
  await filter.getByLabel('Dimension').selectOption('Page')
  await filter.getByLabel('Operator').selectOption('does not contain')
  await filter.getByRole('button', { name: 'Apply filter' }).click()
  await filter.getByText('Choose a value or type one.').waitFor()
  await filter.getByLabel('Value', { exact: true }).fill('/product')
  await page.keyboard.press('Enter')
  await searchIs(page, '?site=localhost&is.country=SE&does_not_contain.page=/product')
  await page.getByRole('link', { name: 'Remove: Page does not contain /product' }).click()
  await page.getByText('+ Filter').click()
  await filter.getByLabel('Dimension').selectOption('Event property…')
  await filter.getByLabel('Property name').fill('plan')
  await filter.getByLabel('Value', { exact: true }).fill('pro')
  await page.keyboard.press('Enter')
  await searchIs(page, '?site=localhost&is.country=SE&does_not_contain.property:plan=pro')
  await page.goBack()
  await searchIs(page, '?site=localhost&is.country=SE')

  await page.getByRole('button', { name: 'Save as segment' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save as segment' })
  await dialog.getByLabel('Name').fill('From Sweden')
  await dialog.getByRole('button', { name: 'Save segment' }).click()
  await searchIs(page, '?site=localhost&segment=from-sweden')
  await loaded(page)
  expect(await page.getByRole('list', { name: 'Filters' }).textContent()).toContain('Segment From Sweden')
  expect(await shownCards(page)).toEqual(await cardsOf({ filters: [['is', 'country', ['SE']]] }))
  await page.getByRole('link', { name: 'Clear all' }).click()
  await searchIs(page, '?site=localhost')
  await page.getByText('Segments', { exact: true }).click()
  await page.getByRole('link', { name: 'From Sweden' }).click()
  await searchIs(page, '?site=localhost&segment=from-sweden')
  await page.goto('/metrics?site=localhost&segment=from-sweden')
  await loaded(page)
  expect(await entry(page, 'cac').textContent()).toContain('This filter doesn’t apply to this metric.')
})

test('the period moves, cannot end before it begins, and is compared as chosen', async () => {
  const page = await open('/?site=localhost&period=today')
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
  const period = page.getByRole('combobox', { name: 'Period', exact: true })
  expect(await page.getByRole('button', { name: 'Next period' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Previous period' }).click()
  await searchIs(page, '?site=localhost&period=yesterday')
  expect(await period.inputValue()).toBe('yesterday')
  await page.getByRole('button', { name: 'Previous period' }).click()
  await searchIs(page, `?site=localhost&period=${day(2)},${day(2)}`)

  await period.selectOption('Custom range…')
  await page.getByLabel('From', { exact: true }).fill(day(10))
  await page.getByLabel('To', { exact: true }).fill(day(12))
  await page.getByRole('button', { name: 'Apply' }).click()
  expect(await page.getByLabel('To', { exact: true }).evaluate(to => (to as HTMLInputElement).validity.valid)).toBe(
    false,
  )
  await page.getByLabel('To', { exact: true }).fill(day(8))
  await page.getByRole('button', { name: 'Apply' }).click()
  await searchIs(page, `?site=localhost&period=${day(10)},${day(8)}`)
  await period.selectOption('Custom range…')
  await page.keyboard.press('Escape')
  expect(await page.getByLabel('From', { exact: true }).isVisible()).toBe(false)
  expect(await period.inputValue()).toBe('range')

  const compare = page.getByRole('combobox', { name: 'Compare with' })
  await compare.selectOption('Custom range…')
  await page.getByLabel('Compared from').fill(day(30))
  await page.getByLabel('Compared to').fill(day(28))
  await page.getByRole('button', { name: 'Apply' }).click()
  await searchIs(page, `?site=localhost&period=${day(10)},${day(8)}&compare=${day(30)},${day(28)}`)
  await page.reload()
  await loaded(page)
  const compared = await ask({
    period: { from: day(10), to: day(8) },
    compare: { from: day(30), to: day(28) },
    metrics: ['visitors'],
  })
  const before = compared.rows[0]?.metrics.visitors?.previous
  expect(before).toBeGreaterThan(0)
  expect(await page.locator('#cards .change').first().getAttribute('title')).toContain(`Previous period: ${before}`)
  await compare.selectOption('Same period last year')
  await searchIs(page, `?site=localhost&period=${day(10)},${day(8)}&compare=previous_year`)
  await page.locator('#cards .note').filter({ hasText: 'No previous data' }).waitFor()
})

test('shortcuts change the period, except while the user types, and ? lists them', async () => {
  const page = await open('/?site=localhost')
  for (const [key, period] of [
    ['d', 'today'],
    ['w', '7d'],
    ['m', 'month'],
    ['y', 'year'],
    ['ArrowLeft', 'last_year'],
    ['ArrowRight', 'year'],
    ['t', 'today'],
  ] as const) {
    await page.keyboard.press(key)
    await searchIs(page, `?site=localhost&period=${period}`)
  }
  await page.keyboard.press('?')
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  expect(await dialog.getByRole('term').allTextContents()).toEqual(['D or T', 'W', 'M', 'Y', '←', '→', '?'])
  await page.keyboard.press('w')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await page.getByText('+ Filter').click()
  await page.getByRole('form', { name: 'Filter' }).getByLabel('Value', { exact: true }).pressSequentially('wm')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+w')
  expect(new URL(page.url()).searchParams.get('period')).toBe('today')
})

test('a chart is read by keys and pointer, annotated, saved as a picture and zoomed', async () => {
  const page = await open('/?site=localhost&period=28d')
  const { rows } = await ask({ period: '28d', metrics: ['visitors'], granularity: 'day', compare: 'previous_period' })
  const yesterday = rows.at(-2)
  const chart = page.getByRole('group', { name: /^Visitors over time/ })
  await chart.focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  const [now, before, change] = ((await page.locator('#announcement').textContent()) ?? '').split('. ')
  const { value, previous } = yesterday?.metrics.visitors ?? {}
  expect([now, before, change]).toEqual([
    expect.stringMatching(new RegExp(`${Number(yesterday?.time?.slice(8))} .*: ${value}$`)),
    expect.stringMatching(new RegExp(`: ${previous}$`)),
    expect.stringMatching(/^[▲▼≈] [+−]?[\d.]+%$/),
  ])
  expect(await page.locator('.chart-tip').textContent()).toBe(`${now}${before}${change}`)
  expect(new URL(page.url()).searchParams.get('period')).toBe('28d')

  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download Visitors over time as PNG' }).click(),
  ])
  expect(saved.suggestedFilename()).toMatch(/^visitors_localhost_\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d\.png$/)

  const box = (await chart.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const [middle, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.click(middle, y)
  const dialog = page.getByRole('dialog', { name: 'Add annotation' })
  await dialog.getByLabel('Note').fill('Newsletter sent')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await page.getByRole('list', { name: 'Annotations' }).getByText('Newsletter sent').waitFor()
  await page.locator('.flag').waitFor()
  await loaded(page)
  await page.getByRole('button', { name: 'Remove annotation: Newsletter sent' }).click()
  await page.getByRole('list', { name: 'Annotations' }).waitFor({ state: 'detached' })
  await loaded(page)

  await page.mouse.move(middle, y)
  await page.mouse.down()
  await page.mouse.move(middle + 200, y, { steps: 4 })
  await page.mouse.up()
  await page.waitForURL(/period=\d/)
  const [from = '', to = ''] = new URL(page.url()).searchParams.get('period')?.split(',') ?? []
  const times = rows.map(({ time }) => time)
  expect(times.indexOf(to) - times.indexOf(from)).toBeGreaterThan(2)
  expect(times.indexOf(to) - times.indexOf(from)).toBeLessThan(8)
})

test('a phone has a bottom bar, targets of 40 pixels and a manifest', async () => {
  const page = await open('/?site=localhost&is.country=SE', { viewport: { width: 390, height: 844 } })
  const bar = page.getByRole('navigation', { name: 'Main' })
  expect(await bar.getByRole('link', { name: 'Overview' }).getAttribute('aria-current')).toBe('page')
  await bar.getByText('More').click()
  expect(await bar.getByRole('link', { name: 'Settings' }).isVisible()).toBe(true)
  await page.keyboard.press('Escape')
  const small = await page
    .locator(':is(.view-line, .bottom, .chart) :is(button, select, summary, .remove), .bottom a')
    .evaluateAll(targets =>
      targets
        .map(target => [target.textContent, target.getBoundingClientRect().height] as const)
        .filter(([, height]) => height > 0 && height < 40),
    )
  expect(small).toEqual([])
  const chart = await page.getByRole('group', { name: /^Visitors over time/ }).boundingBox()
  expect((chart?.y ?? 844) + (chart?.height ?? 0)).toBeLessThan(844)
  const manifest = await page.request.get((await page.locator('link[rel=manifest]').getAttribute('href')) ?? '')
  const { icons } = (await manifest.json()) as { icons: { src: string; type: string }[] }
  const icon = await page.request.get(icons[0]?.src ?? '')
  expect([icon.status(), icon.headers()['content-type']]).toEqual([200, icons[0]?.type])
})

test.each(LOOKS)('axe finds nothing serious: $colorScheme, $viewport.width', async look => {
  for (const path of [...PATHS, '/ai', '/excluded', '/coverage']) {
    const page = await open(`${path}?site=localhost`, look)
    if (path === '/metrics')
      for (const id of ['visitors', 'mrr', 'nps']) await entry(page, id).locator('summary').click()
    expect([path, ...(await seriousFindings(page))]).toEqual([path])
    await page.close()
  }
})

test('nothing is wider than a phone, and the navigation shows the current page', async () => {
  for (const path of PATHS) {
    const page = await open(`${path}?site=localhost`, { viewport: { width: 390, height: 844 } })
    if (path === '/metrics')
      for (const id of ['visitors', 'mrr', 'nps']) await entry(page, id).locator('summary').click()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    const current = await page.locator('.bottom [aria-current]').first().boundingBox()
    expect((current?.x ?? 390) + (current?.width ?? 390)).toBeLessThanOrEqual(390)
    await page.close()
  }
})

test('alerts are set in a form, and owners see what became of reports', async () => {
  const report = { kind: 'email', to: 'ann@footfall.dev', every: 'week' }
  await asOwner('/sites/localhost', { settings: { reports: [report] } })
  const page = await open('/settings?site=localhost&tab=reports')
  await page.getByText('Weekly report to ann@footfall.dev: none sent yet.').waitFor()
  await page.getByLabel('Conversions or a goal clearly change').check()
  await page.getByRole('textbox', { name: 'Address' }).fill('bo@footfall.dev')
  await page.getByLabel('False alerts at most').selectOption('year')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved.').first().waitFor()
  const { settings } = (await asOwner('/sites/localhost')) as unknown as { settings: object }
  const alarms = { tracking_silent: true, changed: true, quota: false, kind: 'email', to: 'bo@footfall.dev' }
  expect(settings).toMatchObject({ reports: [report], alarms: { ...alarms, false_alarms: 'year' } })
  await page.getByRole('textbox', { name: 'Address' }).fill('')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.poll(async () => (await siteNamed('localhost'))?.settings).toMatchObject({ alarms: null })
  await asOwner('/sites/localhost', { settings: { reports: [] } })
})
