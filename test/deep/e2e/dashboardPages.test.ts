import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { Question } from '../../../shared/question'
import { APP, PERIOD, SHOP, STRANGERS } from '../../e2e/dashboardPagesStory'
import {
  addSite,
  ask,
  changeSettings,
  LOOKS,
  loaded,
  open,
  openTab,
  post,
  rowsOf,
  seriousFindings,
  server,
  signIn,
} from '../../e2e/dashboardStage'

const VIEW = `period=${PERIOD.from},${PERIOD.to}`
const CART = `/cart?site=shop.example&${VIEW}`
const ONBOARDING = `/onboarding?site=app.example&${VIEW}`
const SPEED = `/speed?site=shop.example&${VIEW}`
const USERS = `/users?site=app.example&${VIEW}`

beforeAll(async () => {
  for (const domain of ['shop.example', 'app.example', 'empty.example', 'strangers.example']) await addSite(domain)
  await changeSettings('shop.example', {
    goals: [{ id: 'order', name: 'Order', event: 'purchase' }],
    funnels: [{ id: 'buy', name: 'Buy', steps: [{ event: 'view_item' }, { event: 'purchase' }] }],
  })
  await changeSettings('app.example', { value_event: { event: 'project_created' } })
  await post(SHOP, 'shop.example')
  await post(APP, 'app.example')
  await post(STRANGERS, 'strangers.example')
})

/** The exact values of the elements below one. */
const valuesIn = (page: Page, selector: string) =>
  page
    .locator(`${selector} [data-value]`)
    .evaluateAll(elements => elements.map(element => Number(element.getAttribute('data-value'))))

const asked = async (site: string, question: Omit<Question, 'site'>) =>
  (await ask({ site, period: PERIOD, ...question })).rows

const only = async (site: string, metric: string, parameters: Readonly<Record<string, string | number>> = {}) =>
  (await asked(site, { metrics: [metric], parameters: { [metric]: parameters } }))[0]?.metrics[metric]

const choose = async (page: Page, name: string) => {
  await page.getByRole('link', { name, exact: true }).click()
  await loaded(page)
}

test('the funnel counts the sessions that reached each step, and the drop-off between steps', async () => {
  const page = await open(CART)
  expect(await rowsOf(page, 'funnel')).toEqual([
    ['Viewed product', '8', '', '~72.7%'],
    ['Added to cart', '6', '2 (25%)', '~54.5%'],
    ['Started checkout', '2', '4 (66.7%)', '~18.2%'],
    ['Purchased', '3', '–', '~27.3%'],
  ])
  const steps = await Promise.all(
    ['view_item', 'add_to_cart', 'begin_checkout', 'purchase'].map(event =>
      only('shop.example', 'conversion_rate', { scope: 'session', event }),
    ),
  )
  expect(await valuesIn(page, '#funnel')).toEqual(steps.flatMap(value => [value?.numerator, value?.value]))
  const widths = await page
    .locator('#funnel .fill')
    .evaluateAll(bars => bars.map(bar => bar.getBoundingClientRect().width / (bar.parentElement?.clientWidth ?? 0)))
  expect(widths.map(width => width.toFixed(2))).toEqual(['1.00', '0.75', '0.25', '0.38'])
})

test('steps are compared with the previous period, where it has data', async () => {
  const page = await open('/cart?site=shop.example&period=2026-03-10,2026-03-16')
  expect(await rowsOf(page, 'funnel')).toEqual([
    ['Viewed product', '2', '', '~50%', '−33.3 pp not significant'],
    ['Added to cart', '1', '1 (50%)', '~25%', '−41.7 pp not significant'],
    ['Started checkout', '0', '–', '~0%', '−16.7 pp not significant'],
    ['Purchased', '2', '–', '~50%', '+50 pp not significant'],
  ])
  await page.getByText('We haven’t received begin_checkout events.').waitFor()
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption('off')
  await page.waitForURL(/compare=off/)
  await loaded(page)
  expect((await rowsOf(page, 'funnel'))[0]).toEqual(['Viewed product', '2', '', '~50%'])
})

test.each([
  ['Sessions', 'session', 5, 6],
  ['Visitors', 'visitor', 3, 5],
  ['Carts', 'cart', 4, 6],
])('abandonment of %s is shown over the whole period, over time and by device', async (name, scope, left, all) => {
  const page = await open(CART)
  await choose(page, name)
  expect(await valuesIn(page, '#abandonment')).toEqual([left / all])
  expect(await page.locator('#abandonment .made').textContent()).toContain(`${left} of ${all}.`)
  const parameters = { cart_abandonment_rate: { scope } }
  const days = await asked('shop.example', { metrics: ['cart_abandonment_rate'], parameters, granularity: 'day' })
  await page.locator('#abandonment').getByText('Show as table').click()
  await page.locator('#abandonment tbody tr').first().waitFor()
  const percent = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 1 })
  const texts = days.map(({ metrics }) => metrics.cart_abandonment_rate?.value ?? null)
  expect((await rowsOf(page, 'abandonment')).map(cells => cells[1])).toEqual(
    texts.map(value => (value === null ? '–' : percent.format(value))),
  )
  const devices = await asked('shop.example', {
    metrics: ['carts', 'cart_abandonment_rate'],
    parameters,
    dimensions: ['device'],
  })
  expect(devices.map(({ dimensions }) => dimensions?.device)).toEqual(['mobile', 'desktop'])
  expect(
    (await rowsOf(page, 'breakdown')).map(([device, carts, , rate]) => [device?.toLowerCase(), carts, rate]),
  ).toEqual(
    devices.map(({ dimensions, metrics }) => [
      dimensions?.device,
      String(metrics.carts?.value),
      `~${percent.format(Number(metrics.cart_abandonment_rate?.value))}`,
    ]),
  )
})

test('abandonment is broken down by source', async () => {
  const page = await open(CART)
  await choose(page, 'Channels')
  expect(await rowsOf(page, 'breakdown')).toEqual([
    ['Direct', '5', '83%', '~80%', '~0%'],
    ['Organic search', '1', '17%', '~100%', '~100%'],
  ])
})

test('products can be sorted by adds to cart and by abandonment', async () => {
  const page = await open(CART)
  expect(await rowsOf(page, 'products')).toEqual([
    ['MUG', '6', '5', '2', '3'],
    ['SOCKS', '2', '3', '3', '0'],
    ['LAMP', '0', '2', '0', '2'],
  ])
  await choose(page, 'Abandoned')
  expect(await rowsOf(page, 'products')).toEqual([
    ['MUG', '6', '5', '2', '3'],
    ['LAMP', '0', '2', '0', '2'],
    ['SOCKS', '2', '3', '3', '0'],
  ])
})

test('cards of a shop match the API, and one opens its chart', async () => {
  const page = await open(CART)
  const METRICS = ['revenue', 'orders', 'average_order_value', 'purchase_conversion_rate', 'cart_abandonment_rate']
  const VALUES = ['cart_value_abandoned', 'cart_value_recovered']
  const [row] = await asked('shop.example', { metrics: [...METRICS, ...VALUES] })
  const values = [...METRICS, ...VALUES].map(id => row?.metrics[id]?.value)
  expect(values.slice(0, 2)).toEqual([50, 3])
  expect(await valuesIn(page, '#cards')).toEqual(values)
  await page.getByRole('link', { name: /^Abandoned cart value/ }).click()
  await page.getByRole('heading', { level: 2, name: 'Abandoned cart value by day' }).waitFor()
})

test('cart outcomes and recoveries match the API', async () => {
  const page = await open(CART)
  expect(await rowsOf(page, 'recoveries')).toEqual([
    ['Purchased', '1', '16.7%'],
    ['Emptied', '1', '16.7%'],
    ['Abandoned', '4', '66.7%'],
  ])
  const carts = await only('shop.example', 'cart_abandonment_rate', { scope: 'cart' })
  expect(carts?.parts).toEqual({ converted: 1, emptied: 1, abandoned: 4, recovered: 1, bought_without_cart: 1 })
  const recovery = await only('shop.example', 'cart_recovery_rate')
  expect(await valuesIn(page, '#recoveries')).toEqual([1, 1, 0, recovery?.value])
  expect(recovery?.value).toBe(1 / 4)
})

test('order coverage is shown where a server reports orders, and nowhere else', async () => {
  const page = await open(CART)
  const coverage = await only('shop.example', 'order_coverage')
  expect(coverage?.denominator).toBeGreaterThan(0)
  expect(await valuesIn(page, '#coverage')).toEqual([coverage?.value])
  expect(await page.innerText('#coverage')).toContain('The tag saw none of them')
  expect(await (await open(`/shop?site=app.example&${VIEW}`)).isVisible('#coverage')).toBe(false)
})

test('each guide shows how its runs ended, and its steps', async () => {
  const page = await open(ONBOARDING)
  const FIGURES = [
    'guide_views',
    'guide_viewers',
    'guide_completion_rate',
    'guide_dismiss_rate',
    'guide_time_to_complete',
  ]
  const rows = await asked('app.example', { metrics: FIGURES, dimensions: ['guide'] })
  const shown = await page
    .locator('.guide')
    .evaluateAll(guides =>
      guides.map(guide => [
        guide.getAttribute('data-guide'),
        ...[...guide.querySelectorAll('h3 + .facts [data-value]')].map(value => value.getAttribute('data-value')),
      ]),
    )
  expect(shown).toEqual([
    ['welcome', '5', '5', '0.6', '0.2', '300'],
    ['tour', '1', '1', '0', '1', ''],
  ])
  expect(shown).toEqual(
    rows.map(({ dimensions, metrics }) => [dimensions?.guide, ...FIGURES.map(id => String(metrics[id]?.value ?? ''))]),
  )
  expect(await rowsOf(page, 'guides')).toEqual([
    ['Started', '5', '', ''],
    ['Step 1', '5', '1', '~20%'],
    ['Step 2', '4', '1', '~25%'],
    ['Step 3 (last)', '3', '', ''],
    ['Completed', '3', '', ''],
  ])
  await page.locator('[data-guide=tour]').getByText('send guide_step with step and step_count').waitFor()
  // Of five sign-ups two of the three that completed the guide activated in time, and one of the other two.
  const outcome = page.locator('[data-guide=welcome] dl').last()
  expect(await outcome.getByRole('term').allTextContents()).toEqual([
    'Completed → activated',
    'Not completed → activated',
    'Difference',
  ])
  const effect = await only('app.example', 'guide_effect', { guide: 'welcome' })
  expect(await valuesIn(page, '[data-guide=welcome] dl:last-of-type')).toEqual([2 / 3, 1 / 2, effect?.value])
})

test('activation and time to value appear beside guides, and a card opens its chart', async () => {
  const page = await open(ONBOARDING)
  expect(await valuesIn(page, '#activation')).toEqual([5, 3 / 5, 3 * 3600])
  expect(await valuesIn(page, '#cards')).toEqual([6, 5, 1 / 2, 1 / 3, 300])
  await page.getByRole('link', { name: /^Activation/ }).click()
  await page.getByRole('heading', { level: 2, name: 'Activation rate by week' }).waitFor()
  await loaded(page)
  await page.locator('#chart').getByText('Show as table').click()
  await page.locator('#chart tbody tr').first().waitFor()
  expect((await rowsOf(page, 'chart')).slice(0, 3).map(cells => cells[1])).toEqual(['60%', '–', '–'])
})

test('active users, stickiness, early churn and adoption match the API', async () => {
  const page = await open(USERS)
  const METRICS = ['dau', 'wau', 'mau', 'stickiness', 'retention_rate', 'early_churn_rate', 'product_adoption_rate']
  const parameters = { retention_rate: { day: 1, unit: 'week' } }
  const [row] = await asked('app.example', { metrics: METRICS, parameters })
  const values = await valuesIn(page, '#cards')
  expect(values).toEqual(METRICS.map(id => row?.metrics[id]?.value))
  const [dau, wau, mau, stickiness, back, churn, adoption] = values
  expect([dau, wau, mau, back, churn, adoption]).toEqual([15 / 28, 1, 6, 3 / 5, 4 / 5, 2 / 5])
  expect(stickiness).toBeCloseTo(14 / 30 / 6, 10)
  await page.getByText('1 visitor has no persistent ID and is counted in DAU only.').waitFor()
})

test('retention is a grid of daily, weekly or monthly cohorts', async () => {
  const page = await open(USERS)
  const none = Array.from({ length: 6 }, () => 'too early to tell')
  await choose(page, 'Daily')
  expect(await rowsOf(page, 'retention')).toEqual([
    ['All cohorts', '6', '~66.7%', '~16.7%', '~0%', '~0%', '~0%', '~0%', '~40%', '~0%'],
    ['2 Mar 2026', '3', '~66.7%', '~33.3%', '~0%', '~0%', '~0%', '~0%', '~33.3%', '~0%'],
    ['4 Mar 2026', '2', '~50%', '~0%', '~0%', '~0%', '~0%', '~0%', '~50%', '~0%'],
    ['27 Mar 2026', '1', '~100%', '~0%', ...none],
  ])
  const whole = await Promise.all([1, 2, 3, 4, 5, 6, 7, 14].map(day => only('app.example', 'retention_rate', { day })))
  expect((await valuesIn(page, '#retention')).slice(0, 8)).toEqual(whole.map(value => value?.value))
  const heats = await page
    .locator('#retention tbody tr:nth-child(2) .heat')
    .evaluateAll(heated => heated.map(cell => getComputedStyle(cell).backgroundColor))
  expect(heats[1]).toBe(heats[6])
  expect(new Set(heats).size).toBe(3)

  await choose(page, 'Weekly')
  expect((await rowsOf(page, 'retention')).map(cells => cells.slice(0, 4))).toEqual([
    ['All cohorts', '6', '~60%', '~0%'],
    ['2 Mar 2026', '5', '~60%', '~0%'],
    ['23 Mar 2026', '1', 'too early to tell', 'too early to tell'],
  ])
  await choose(page, 'Monthly')
  expect((await rowsOf(page, 'retention')).map(cells => cells.slice(0, 3))).toEqual([
    ['All cohorts', '6', 'too early to tell'],
    ['March 2026', '6', 'too early to tell'],
  ])
})

test('retention starts and ends with chosen events, which the address keeps and the keyboard changes', async () => {
  const page = await open(USERS)
  await choose(page, 'Daily')
  const first = page.getByRole('combobox', { name: 'Cohort starts with' })
  const back = page.getByRole('combobox', { name: 'Came back to' })
  await first.focus()
  await page.keyboard.type('project_created')
  await page.keyboard.press('Tab')
  await loaded(page)
  await back.selectOption('project_created')
  await loaded(page)
  expect(new URL(page.url()).searchParams.get('first')).toBe('project_created')
  expect(new URL(page.url()).searchParams.get('return')).toBe('project_created')
  const events = { first: 'project_created', return: 'project_created' }
  const whole = await Promise.all([1, 2, 3].map(day => only('app.example', 'retention_rate', { day, ...events })))
  expect(whole[0]?.denominator).toBeGreaterThan(0)
  expect((await valuesIn(page, '#retention')).slice(0, 3)).toEqual(whole.map(value => value?.value))

  await page.reload()
  await loaded(page)
  expect([await first.inputValue(), await back.inputValue()]).toEqual(['project_created', 'project_created'])
  await first.selectOption({ label: 'First visit' })
  await loaded(page)
  expect(new URL(page.url()).searchParams.has('first')).toBe(false)
  await page.goBack()
  await loaded(page)
  expect(await first.inputValue()).toBe('project_created')
})

test('retention has weekly cohorts in a period of more than two weeks', async () => {
  const page = await open('/users?site=app.example&period=2026-03-02,2026-03-15')
  expect(await page.locator('#retention [aria-current]').textContent()).toBe('Daily')
  await page.goto('/users?site=app.example&period=2026-02-01,2026-04-30')
  await loaded(page)
  expect(await page.locator('#retention [aria-current]').textContent()).toBe('Weekly')
  expect((await rowsOf(page, 'retention')).map(cells => cells.slice(0, 4))).toEqual([
    ['All cohorts', '6', '~50%', '~0%'],
    ['2 Mar 2026', '5', '~60%', '~0%'],
    ['23 Mar 2026', '1', '~0%', '~0%'],
  ])
})

test('features show the share of active users who used them', async () => {
  const page = await open(USERS)
  expect(await rowsOf(page, 'features')).toEqual([
    ['Export', '3', '~50%'],
    ['Share', '1', '~16.7%'],
  ])
})

test('metrics with daily finality are charted by day where others are charted by hour', async () => {
  const page = await open(`${USERS}&granularity=hour`)
  await page.locator('#chart').getByText('Show as table').click()
  await page.locator('#chart tbody tr').first().waitFor()
  expect(await page.locator('#chart tbody tr').count()).toBe(28)
})

test('page speed is rated, by page and by device', async () => {
  const page = await open(SPEED)
  const values = ['2', '2.6sneeds improvement', '184msgood', '0.26poor']
  expect(await rowsOf(page, 'vitals')).toEqual([
    ['All', ...values],
    ['/', ...values],
  ])
  await choose(page, 'Devices')
  expect(await rowsOf(page, 'vitals')).toEqual([
    ['All', ...values],
    ['Desktop', ...values],
  ])
})

test.each([
  [
    '/cart',
    {
      funnel: 'No sessions in this period',
      abandonment: 'No sessions in this period',
      breakdown: 'No data for this period',
      products: 'Send view_item, add_to_cart and purchase with items',
      recoveries: 'Send add_to_cart',
    },
  ],
  [
    '/onboarding',
    {
      activation: 'value_event',
      chart: 'No sessions in this period',
      guides: 'data-guide="welcome"',
    },
  ],
  ['/speed', { vitals: 'data-modules="vitals"' }],
  ['/users', { retention: 'data-id="persistent" on the script tag', features: "footfall('feature_used'" }],
])('without data, %s says what to do', async (path, texts) => {
  const page = await open(`${path}?site=empty.example`)
  for (const [panel, text] of Object.entries(texts))
    expect([panel, await page.locator(`#${panel}`).textContent()]).toEqual([panel, expect.stringContaining(text)])
  if (path === '/onboarding') await page.getByRole('link', { name: 'Check your installation' }).waitFor()
})

test('without shopping events, a checklist with the way to send them stands in place of the panels', async () => {
  const page = await open(`/shop?site=app.example&${VIEW}`)
  const setup = page.getByRole('region', { name: 'Set up your shop' })
  await setup.getByRole('listitem').filter({ hasText: 'Page views: received' }).waitFor()
  for (const missing of ['Product views', 'Add to cart', 'Checkout', 'Purchase'])
    await setup
      .getByRole('listitem')
      .filter({ hasText: `${missing}: not received yet` })
      .waitFor()
  expect(await setup.textContent()).toContain("footfall('add_to_cart', { currency: 'USD', value: 20, items: [")
  expect(await setup.getByRole('list', { name: 'Setup guides' }).getByRole('link').allTextContents()).toEqual(
    expect.arrayContaining(['WooCommerce', 'Shopify', 'Google Tag Manager']),
  )
  expect(await page.getByRole('region', { name: 'Purchase funnel' }).isVisible()).toBe(false)
  await setup.getByRole('link', { name: 'Shopify' }).click()
  await page.getByRole('combobox', { name: 'Platform' }).waitFor()
  expect(await page.getByRole('combobox', { name: 'Platform' }).inputValue()).toBe('shopify')

  await page.goto(CART)
  await loaded(page)
  expect(await page.getByRole('region', { name: 'Set up your shop' }).isVisible()).toBe(false)
  await page.getByRole('region', { name: 'Purchase funnel' }).waitFor()
})

test('without sign-ups and guides, and without persistent IDs, a checklist says what to send', async () => {
  const page = await open('/onboarding?site=strangers.example')
  const setup = page.getByRole('region', { name: 'Set up onboarding' })
  await setup.getByText('Sign-ups: not received yet').waitFor()
  await setup.getByText('Page views: received').waitFor()
  expect(await setup.getByRole('link', { name: 'Choose it in Settings' }).getAttribute('href')).toBe(
    '/settings?site=strangers.example#value_event',
  )
  await page.goto('/retention?site=strangers.example')
  await loaded(page)
  const retention = page.getByRole('region', { name: 'Set up retention' })
  await retention.getByText("footfall('identify', { user_id: 'u_42' })").waitFor()
  await page.getByRole('link', { name: /^Daily active users/ }).waitFor()
})

test('events, outbound links, downloads, searches and 404 pages have a panel each', async () => {
  await addSite('events.example')
  const event = (name: string, properties?: Readonly<Record<string, string>>) => ({
    name,
    visitor_id: 'v1',
    url: 'https://events.example/lost',
    ...(properties && { properties }),
  })
  await post(
    [
      event('newsletter'),
      event('newsletter'),
      event('outbound_click', { link_url: 'https://other.example/' }),
      event('file_download', { link_url: 'https://events.example/a.pdf' }),
      event('search', { search_term: 'mug' }),
      event('not_found'),
    ],
    'events.example',
  )
  const page = await open('/goals?site=events.example')
  const firstOf = async (name: string) =>
    page.getByRole('region', { name, exact: true }).getByRole('row').nth(1).getByRole('rowheader').textContent()
  expect(await firstOf('Events')).toContain('newsletter')
  expect(await firstOf('Outbound links')).toContain('https://other.example/')
  expect(await firstOf('Downloads')).toContain('https://events.example/a.pdf')
  expect(await firstOf('Site search')).toContain('mug')
  expect(await firstOf('404 pages')).toContain('/lost')
  expect(await page.getByRole('link', { name: 'Open /lost' }).getAttribute('href')).toBe('https://events.example/lost')
})

/** Five visitors of /pricing: three sign up, one of them after a page in between; the daily IDs of the other two expired. */
const STEPS = [
  ...['v1', 'v2', 'v3'].map(visitor_id => ({ visitor_id, url: 'https://steps.example/pricing', minute: 0 })),
  { visitor_id: 'v2', url: 'https://steps.example/docs', minute: 1 },
  ...['v1', 'v2', 'v3'].map(visitor_id => ({ visitor_id, name: 'sign_up', minute: 2 })),
  ...['203.0.113.7', '203.0.113.8'].map(ip => ({
    ip,
    user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0',
    url: 'https://steps.example/pricing',
    minute: 3,
  })),
].map(({ minute, ...event }) => ({
  name: 'page_view',
  country: 'visitor_id' in event && event.visitor_id === 'v1' ? 'SE' : 'NO',
  time: new Date(Date.UTC(2026, 2, 3, 12, minute)).toISOString(),
  ...event,
}))

const FUNNELS = [
  {
    id: 'trial',
    name: 'Trial',
    steps: [{ name: 'Pricing', page: '/pric*' }, { event: 'sign_up' }],
    window: 0.5,
  },
  {
    id: 'direct',
    name: 'Straight away',
    steps: [{ page: '/pricing' }, { event: 'sign_up' }],
    order: 'strict',
    scope: 'session',
  },
]

test('funnels show their steps and who could not be followed, and paths the pages and events around one', async () => {
  await addSite('steps.example')
  await post(STEPS, 'steps.example')
  const page = await open(`/goals?site=steps.example&${VIEW}`)
  const funnels = page.getByRole('region', { name: 'Funnels' })
  await funnels.getByText('A funnel shows where visitors drop off between steps').waitFor()
  expect(await funnels.getByRole('link', { name: 'Add funnel' }).getAttribute('href')).toBe(
    '/settings?site=steps.example#funnels',
  )
  expect(await funnels.getByRole('button', { name: 'CSV' }).isDisabled()).toBe(true)

  await changeSettings('steps.example', { funnels: FUNNELS })
  await page.reload()
  await loaded(page)
  expect(await rowsOf(page, 'funnels')).toEqual([
    ['Pricing', '5', '100%', '', ''],
    ['sign_up', '3', '60%', '2 (40%)', '2m'],
  ])
  const text = await funnels.textContent()
  expect(text).toContain('Steps in this order, within 12 hours.')
  expect(text).toContain('Largest drop-off: Pricing → sign_up, 40%.')
  expect(text).toContain('2 visitors could not be followed: their daily IDs expired at midnight')
  const downloaded = async (panel: string) => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: `Download ${panel} as CSV` }).click(),
    ])
    return (await readFile(await file.path(), 'utf8')).split('\r\n')
  }
  expect((await downloaded('Funnels')).slice(0, 2)).toEqual([
    '\ufeffstep,reached,share_of_first_step,drop_off_rate,low,high,median_seconds',
    'Pricing,5,1,,,,0',
  ])
  await choose(page, 'Straight away')
  expect(await rowsOf(page, 'funnels')).toEqual([
    ['/pricing', '5', '100%', '', ''],
    ['sign_up', '2', '40%', '3 (60%)', '2m'],
  ])
  expect(await funnels.textContent()).toContain(
    'Steps in this order with nothing in between, within 30 days and one session.',
  )

  await choose(page, '/pricing')
  const pathRows = async () => (await rowsOf(page, 'paths')).slice(0, 2)
  expect(await pathRows()).toEqual([
    ['/docs', '1', '20%'],
    ['No further page', '4', '80%'],
  ])
  const paths = await downloaded('Paths')
  expect(paths.slice(0, 2)).toEqual([
    '\ufeffstep,name,sessions,share,low,high',
    expect.stringMatching('1,/docs,1,0.2,'),
  ])
  await choose(page, 'Events')
  expect(await pathRows()).toEqual([
    ['sign_up', '3', '60%'],
    ['No further event', '2', '40%'],
  ])
  const beginning = page.getByLabel('Page or event')
  expect(await beginning.inputValue()).toBe('/pricing')
  await beginning.fill('sign_up')
  await beginning.press('Enter')
  await page.getByText('3 sessions triggered sign_up').waitFor()
  expect(await beginning.evaluate(field => field === document.activeElement)).toBe(true)
  await choose(page, 'Before')
  await choose(page, 'Pages')
  expect(await pathRows()).toEqual([
    ['/pricing', '2', '66.7%'],
    ['/docs', '1', '33.3%'],
  ])
  await choose(page, '/docs')
  await page.getByText('1 session viewed /docs').waitFor()
  expect(await beginning.inputValue()).toBe('/docs')
  await beginning.fill('no_such_event')
  await beginning.press('Enter')
  await page.getByText('No sessions with no_such_event in this period.').waitFor()

  await page.goto(`/goals?site=steps.example&${VIEW}&funnel=trial&is.country=SE`)
  await loaded(page)
  expect((await rowsOf(page, 'funnels')).map(([, reached]) => reached)).toEqual(['1', '1'])
  await page.goto('/goals?site=steps.example&period=2026-03-01,2026-03-02')
  await funnels.getByText('No visitors reached the first step in this period.').waitFor()
})

test('all sites are listed with their visitors, and lead to their overview', async () => {
  const page = await open('/sites?site=shop.example')
  const table = page.getByRole('region', { name: 'Sites' })
  const { rows } = await ask({ site: 'strangers.example', period: '30d', metrics: ['visitors'] })
  const row = table.getByRole('row').filter({ hasText: 'strangers.example' })
  const visitors = row.locator('[data-value]').last()
  expect(await visitors.getAttribute('data-value')).toBe(String(rows[0]?.metrics.visitors?.value))
  expect(rows[0]?.metrics.visitors?.value).toBeGreaterThan(0)
  await row.getByRole('img', { name: /^Visitors by day/ }).waitFor()
  await table.getByRole('link', { name: 'Site', exact: true }).click()
  await table.locator('th[aria-sort=ascending]').waitFor()
  const names = await table.getByRole('rowheader').allTextContents()
  expect(names.length).toBeGreaterThan(4)
  expect(names).toEqual(names.toSorted())
  await table.getByRole('link', { name: 'strangers.example' }).click()
  await page.waitForURL('/?site=strangers.example')
  await page.getByLabel('Site: strangers.example').click()
  await page.getByRole('link', { name: 'All sites' }).click()
  await page.getByRole('heading', { name: 'All sites' }).waitFor()

  // Whoever signs in without asking for a page chooses a site first.
  await page.context().clearCookies()
  await page.goto('/')
  await page.getByLabel('Admin token').fill(server.adminToken)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('/sites')
})

test('without persistent IDs, the cards say so', async () => {
  const strangers = await open('/users?site=strangers.example')
  expect(await strangers.locator('#cards [data-metric=mau]').getAttribute('data-status')).toBe('needs_identity')
  await strangers.getByRole('link', { name: /^Stickiness/ }).click()
  await strangers.locator('#chart').getByText('data-id="persistent"').waitFor()
})

test('a filter that does not apply is reported, and removing it shows the values', async () => {
  const page = await open(`${USERS}&is.page=%2F`)
  await page.locator('#retention').getByText('cannot be filtered on page').waitFor()
  await page.getByRole('link', { name: 'Remove: Page is /' }).click()
  await page.locator('#retention tbody tr').first().waitFor()
})

test('an error is shown, and can be retried', async () => {
  const page = await openTab()
  await signIn(page)
  await page.route('**/api/v1/query', route => route.abort())
  await page.goto(CART)
  await page.locator('#funnel').getByText('Couldn’t reach the server').waitFor()
  await page.unroute('**/api/v1/query')
  await page.locator('#funnel').getByRole('button', { name: 'Try again' }).click()
  await page.locator('#funnel tbody tr').first().waitFor()
})

test('the focus stays where it was when a panel is redrawn', async () => {
  const page = await open(CART)
  const link = page.getByRole('link', { name: 'Visitors', exact: true })
  await link.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/scope=visitor/)
  await loaded(page)
  expect(await link.evaluate(element => element === document.activeElement)).toBe(true)
})

test('numbers and dates follow the reader’s region', async () => {
  const page = await open(`${USERS}&unit=day`, { locale: 'en-US' })
  expect((await rowsOf(page, 'retention'))[1]?.slice(0, 3)).toEqual(['Mar 2, 2026', '3', '~66.7%'])
  const funnel = await open(CART, { locale: 'en-US' })
  expect((await rowsOf(funnel, 'funnel'))[1]?.[2]).toBe('2 (25%)')
})

test('revenue by attribution follows the model of its menu, which the address keeps', async () => {
  const page = await open(`/growth?site=shop.example&${VIEW}`)
  const menu = page.getByLabel('Attribution model', { exact: true })
  expect(await menu.locator('option').count()).toBe(6)
  expect(await menu.inputValue()).toBe('last_non_direct')
  await menu.selectOption({ label: 'First touch' })
  await page.waitForURL(/model=first/)
  await page.reload()
  await loaded(page)
  expect(await menu.inputValue()).toBe('first')
  const model = { model: 'first' }
  const rows = await asked('shop.example', {
    metrics: ['revenue', 'orders'],
    parameters: { revenue: model, orders: model },
    dimensions: ['channel'],
    order_by: [['revenue', 'desc']],
  })
  const shown = await rowsOf(page, 'attribution')
  expect(shown.map(([channel]) => channel)).toEqual(rows.map(({ dimensions }) => dimensions?.channel))
  expect(shown.length).toBeGreaterThan(0)
  expect(await valuesIn(page, '#attribution tbody')).toEqual(
    rows.flatMap(({ metrics }) => [metrics.revenue?.value, metrics.orders?.value]),
  )
  await page.locator('#attribution').getByRole('link', { name: 'Sources' }).click()
  await page.waitForURL(/model=first.*attribution=source/)
})

const OTHERS = [
  '/cart?site=empty.example',
  '/cart?site=shop.example&period=2026-03-10,2026-03-16',
  '/users?site=strangers.example',
  `/shop?site=app.example&${VIEW}`,
  `/goals?site=shop.example&${VIEW}`,
  `/growth?site=app.example&${VIEW}`,
  `/feedback?site=app.example&${VIEW}`,
  '/sites',
]

test.each(LOOKS)(
  'axe finds nothing serious, and nothing is wider than the page: $colorScheme, $viewport.width',
  async look => {
    const page = await openTab(look)
    await signIn(page)
    for (const path of [CART, ONBOARDING, USERS, SPEED, ...OTHERS]) {
      await page.goto(path)
      await loaded(page)
      // A shop without events hides its chart behind the checklist.
      for (const summary of await page.locator('.behind summary:visible').all()) await summary.click()
      expect([path, ...(await seriousFindings(page))]).toEqual([path])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(look.viewport.width)
    }
  },
)

test.each<[string, readonly [boolean, boolean, boolean]]>([
  ['/', [true, true, true]],
  ['/goals', [true, true, false]],
  ['/speed', [true, false, false]],
  ['/coverage', [false, false, false]],
])('%s has the controls that change something on it', async (path, shown) => {
  const page = await open(`${path}?site=shop.example&${VIEW}`)
  const controls = ['#add-filter', '[name=compare]', '[name=granularity]'].map(one => page.locator(one).isVisible())
  expect(await Promise.all(controls)).toEqual(shown)
})

test('an owner gets from a page to the form that shares it', async () => {
  const page = await open(`/shop?site=shop.example&${VIEW}`)
  await page.getByRole('link', { name: 'Share', exact: true }).click()
  await page.getByRole('heading', { level: 2, name: 'Sharing' }).waitFor()
  expect(new URL(page.url()).searchParams.get('site')).toBe('shop.example')
})

test('a page that the navigation does not list shows its title', async () => {
  const page = await open(`/coverage?site=shop.example&${VIEW}`)
  expect(await page.locator('h1').boundingBox()).toMatchObject({
    height: expect.toSatisfy((high: number) => high > 10),
  })
})

interface LayoutShift extends PerformanceEntry {
  readonly value: number
  readonly hadRecentInput: boolean
}

/** Below it, layout shift counts as good. See https://web.dev/articles/cls */
const GOOD_SHIFT = 0.1

test.each([1280, 390])('nothing moves while panels load, %d wide', async width => {
  const page = await openTab({ viewport: { width, height: 900 } })
  await signIn(page)
  for (const path of ['/', '/shop', '/onboarding', '/retention', '/growth', '/goals', '/feedback', '/speed']) {
    await page.goto(path)
    await loaded(page)
    const shift = await page.evaluate(
      () =>
        new Promise<number>(resolve => {
          const observer = new PerformanceObserver(list => {
            const shifts = list.getEntries() as LayoutShift[]
            resolve(shifts.reduce((sum, { value, hadRecentInput }) => sum + (hadRecentInput ? 0 : value), 0))
          })
          observer.observe({ type: 'layout-shift', buffered: true })
          // Without any shift, the observer is never called.
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)))
        }),
    )
    expect([path, shift]).toEqual([path, expect.toSatisfy((value: number) => value < GOOD_SHIFT)])
  }
})
