import type { Locator, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { APP, PERIOD, SHOP } from '../../e2e/dashboardPagesStory'
import { addSite, ask, changeSettings, loaded, open, post, seriousFindings } from '../../e2e/dashboardStage'

const VIEW = `period=${PERIOD.from},${PERIOD.to}`

beforeAll(async () => {
  for (const domain of ['shop.example', 'app.example']) await addSite(domain)
  await changeSettings('app.example', { value_event: { event: 'project_created' } })
  await post(SHOP, 'shop.example')
  await post(APP, 'app.example')
})

/** The text of each row's cell in a column, from 0. */
const columnOf = (table: Locator, column: number) =>
  table
    .getByRole('row')
    .evaluateAll(
      (rows, at) => rows.slice(1).map(row => row.children[at]?.firstChild?.textContent?.trim() ?? ''),
      column,
    )

const sortBy = async (page: Page, table: Locator, column: string) => {
  await table
    .getByRole('columnheader', { name: new RegExp(`^${column}\\b`) })
    .getByRole('link')
    .click()
  await loaded(page)
}

test('retention, features and page speed are sorted by each column, and totals stay at the top', async () => {
  const page = await open(`/users?site=app.example&${VIEW}&unit=day`)
  const cohorts = page.getByRole('group', { name: 'Daily retention by cohort' })
  expect(await columnOf(cohorts, 1)).toEqual(['6', '3', '2', '1'])
  await sortBy(page, cohorts, 'Users')
  await sortBy(page, cohorts, 'Users')
  expect(await columnOf(cohorts, 1)).toEqual(['6', '1', '2', '3'])
  expect(page.url()).toContain('cohorts_sort=users.asc')
  await sortBy(page, cohorts, 'Day 7')
  const head = cohorts.getByRole('columnheader', { name: /^Day 7/ })
  expect(await head.getAttribute('aria-sort')).toBe('descending')
  expect((await columnOf(cohorts, 0))[0]).toBe('All cohorts')

  const features = page.getByRole('group', { name: 'Adoption by feature' })
  expect(await columnOf(features, 0)).toEqual(['Export', 'Share'])
  await sortBy(page, features, 'Feature')
  await sortBy(page, features, 'Feature')
  expect(await columnOf(features, 0)).toEqual(['Share', 'Export'])

  await page.goto(`/speed?site=shop.example&${VIEW}&speed_by=device`)
  await loaded(page)
  const speed = page.getByRole('group', { name: 'Core Web Vitals' })
  expect(await columnOf(speed, 0)).toEqual(['All', 'Desktop'])
})

/** Rows of a table as text, without intervals and decorations. */
const textsOf = (table: Locator) =>
  table.locator('tbody tr').evaluateAll(rows =>
    rows.map(row =>
      [...row.children].map(cell => {
        const copy = cell.cloneNode(true) as Element
        for (const extra of copy.querySelectorAll('.range, .detail, [aria-hidden]')) extra.remove()
        return copy.textContent ?? ''
      }),
    ),
  )

test('the guide effect has its interval, a verdict in words and both rates, for any guide or one', async () => {
  const page = await open(`/onboarding?site=app.example&${VIEW}`)
  const panel = page.getByRole('region', { name: 'Guide effect' })
  await panel.getByText('No clear difference: the interval includes 0.').waitFor()
  expect(await textsOf(panel)).toEqual([
    ['Completed', '3', '2', '66.7%'],
    ['Not completed', '2', '1', '50%'],
  ])
  expect(await panel.locator('.value').textContent()).toBe('+16.7 pp')
  const [row] = (await ask({ site: 'app.example', metrics: ['guide_effect'], period: PERIOD })).rows
  const interval = row?.metrics.guide_effect?.interval
  const points = (bound = 0) =>
    `${(bound * 100).toLocaleString('en-GB', { maximumFractionDigits: 1, signDisplay: 'always' })} pp`.replace('-', '−')
  await panel.getByText(`95% confidence interval: ${points(interval?.[0])} to ${points(interval?.[1])}.`).waitFor()
  await panel.getByText('Only an experiment can prove an effect.').waitFor()
  await panel.getByRole('link', { name: 'tour' }).click()
  await panel.getByText('There are no sign-ups both with and without a completed guide').waitFor()
  expect(page.url()).toContain('effect_guide=tour')
})

test('without an activation event, the guide effect leads to the setting', async () => {
  await changeSettings('app.example', { value_event: null })
  const page = await open(`/onboarding?site=app.example&${VIEW}`)
  const panel = page.getByRole('region', { name: 'Guide effect' })
  await panel.getByRole('link', { name: 'Set activation event' }).waitFor()
  await changeSettings('app.example', { value_event: { event: 'project_created' } })
})

const answer = (visitor_id: string, kind: string, score: number, comment?: string) => ({
  name: 'survey_response',
  visitor_id,
  time: '2026-03-05T12:00:00Z',
  properties: { survey_id: 'spring', kind, score, ...(comment && { comment }) },
})

test('onboarding shows how its users answered, and nothing of it without answers', async () => {
  await addSite('answers.example')
  const page = await open(`/onboarding?site=app.example&${VIEW}`)
  const panel = page.getByRole('region', { name: 'NPS answers' })
  expect(await panel.count()).toBe(0)
  const answer = (user_id: string, score: number) => ({
    ...{ name: 'survey_response', survey_id: 'spring', kind: 'nps', score, user_id, time: '2026-03-05T12:00:00Z' },
  })
  const started = {
    name: 'guide_start',
    properties: { guide_id: 'welcome' },
    user_id: 'a',
    time: '2026-03-05T12:00:00Z',
  }
  await post([started, answer('a', 10), answer('b', 9), answer('c', 8), answer('d', 2)], 'answers.example')
  await page.goto(`/onboarding?site=answers.example&${VIEW}`)
  await loaded(page)
  expect(await columnOf(panel, 2)).toEqual(['2', '1', '1'])
})

test('feedback has a bar for each score, and comments that are sorted by score', async () => {
  await addSite('feedback.example')
  await post(
    [
      ...[10, 10, 9, 3].map((score, n) => answer(`n${n}`, 'nps', score, n === 3 ? '<b>slow</b>' : undefined)),
      ...[5, 5, 5, 1].map((score, n) => answer(`c${n}`, 'csat', score, n < 2 ? 'Great' : undefined)),
    ],
    'feedback.example',
  )
  const page = await open(`/feedback?site=feedback.example&${VIEW}`)
  const nps = page.getByRole('region', { name: 'NPS distribution' })
  expect((await textsOf(nps)).filter(([, answers]) => answers !== '0')).toEqual([
    ['10', '2', '50%'],
    ['9', '1', '25%'],
    ['3', '1', '25%'],
  ])
  expect(await textsOf(page.getByRole('region', { name: 'CSAT distribution' }))).toEqual([
    ['5', '3', '75%'],
    ['4', '0', '0%'],
    ['3', '0', '0%'],
    ['2', '0', '0%'],
    ['1', '1', '25%'],
  ])
  const comments = page.getByRole('region', { name: 'Comments' })
  const [low, high] = [
    ['<b>slow</b>', 'NPS', '3', '1'],
    ['Great', 'CSAT', '5', '2'],
  ]
  expect(await textsOf(comments)).toEqual([low, high])
  await sortBy(page, comments, 'Answers')
  expect(await textsOf(comments)).toEqual([high, low])
  expect(await seriousFindings(page)).toEqual([])
})

test('a funnel is built without saving it, the address keeps it, and it is split by a dimension', async () => {
  const page = await open(`/goals?site=shop.example&${VIEW}`)
  const panel = page.getByRole('region', { name: 'Funnels' })
  await panel.getByRole('button', { name: 'Build funnel' }).click()
  const dialog = page.getByRole('dialog', { name: 'Build funnel' })
  await dialog.getByLabel('Event or page, step 1').fill('view_item')
  await dialog.getByRole('button', { name: 'Show funnel' }).click()
  await dialog.getByRole('alert').filter({ hasText: '"steps[1].event" must not be empty.' }).waitFor()
  await dialog.getByLabel('Event or page, step 2').fill('add_to_cart')
  await dialog.getByLabel('Count').selectOption('session')
  await dialog.getByRole('button', { name: 'Add step' }).click()
  await dialog.getByLabel('Event or page, step 3').fill('purchase')
  await dialog.getByLabel('Name, step 3').fill('Bought')
  await dialog.getByRole('button', { name: 'Show funnel' }).click()
  const steps = [
    ['view_item', '8', '100%', '', ''],
    ['add_to_cart', '6', '75%', '2 (25%)', '1m'],
    ['Bought', '1', '12.5%', '5 (83.3%)', '5m'],
  ]
  const table = panel.getByRole('group', { name: 'Steps of Custom funnel' })
  await table.waitFor()
  expect(await textsOf(table)).toEqual(steps)
  await panel.getByText('within 30 days and one session.').waitFor()

  await panel.getByLabel('Split by').selectOption({ label: 'Device' })
  const split = panel.getByRole('group', { name: 'Funnel by device' })
  await split.waitFor()
  expect(await textsOf(split)).toEqual([
    ['All', '8', '6 (75%)', '1 (12.5%)', '~12.5%'],
    ['Desktop', '4', '2 (50%)', '1 (25%)', '~25%'],
    ['Mobile', '4', '4 (100%)', '0 (0%)', '~0%'],
  ])
  await page.reload()
  await split.waitFor()
  expect(await textsOf(table)).toEqual(steps)
  await sortBy(page, split, 'Device')
  await sortBy(page, split, 'Device')
  expect(await columnOf(split, 0)).toEqual(['All', 'Mobile', 'Desktop'])
  await panel.getByRole('button', { name: 'Build funnel' }).click()
  expect(await dialog.getByLabel('Name, step 3').inputValue()).toBe('Bought')
  expect(await seriousFindings(page)).toEqual([])
})

const COSTS = [
  'Date,source,medium,campaign,cost,currency',
  '2026-03-05,google,cpc,winter,120.50,USD',
  '2026-03-06,google,cpc,winter,abc,USD',
  '2026-03-07,newsletter,email,,10,',
].join('\n')

test('costs are uploaded from a file, with a preview and the reason for each rejected line', async () => {
  await addSite('costs.example')
  const page = await open(`/growth?site=costs.example&${VIEW}`)
  const panel = page.getByRole('region', { name: 'Marketing costs' })
  const choose = (name: string, text: string) =>
    panel.getByLabel('CSV file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  await choose('empty.csv', 'day,amount\n')
  await panel.getByText('The file has no rows below its header.').waitFor()
  await choose('costs.csv', COSTS)
  const preview = panel.getByRole('group', { name: 'First rows of costs.csv' })
  await preview.waitFor()
  expect((await textsOf(preview))[0]).toEqual(['2026-03-05', 'google', 'cpc', 'winter', '120.50', 'USD'])
  await panel.getByRole('button', { name: 'Upload 3 rows' }).click()
  await panel.getByText('Nothing was stored: 1 row rejected.').waitFor()
  expect(await textsOf(panel.getByRole('group', { name: 'Rejected lines' }))).toEqual([
    ['3', '"amount" must be a number like 1234.5, not "abc".'],
  ])
  await panel.getByRole('button', { name: 'Store the valid rows' }).click()
  await panel.getByText('2 rows stored, 0 of which replaced earlier ones. 1 row rejected.').waitFor()
  expect(await seriousFindings(page)).toEqual([])
  const lead = { name: 'generate_lead', visitor_id: 'v', time: '2026-03-05T12:00:00Z' }
  await post([{ ...lead, url: 'https://costs.example/?utm_source=google&utm_medium=cpc' }], 'costs.example')
  const asked = { site: 'costs.example', period: PERIOD, metrics: ['cost_per_lead'], dimensions: ['channel'] }
  const costs = (await ask(asked)).rows.map(row => [row.dimensions?.channel, row.metrics.cost_per_lead?.numerator])
  expect(costs).toContainEqual(['Paid search', 120.5])
  expect(costs).toContainEqual(['Email', 10])

  const dropped = await page.evaluateHandle(text => {
    const data = new DataTransfer()
    data.items.add(new File([text], 'dropped.csv', { type: 'text/csv' }))
    return data
  }, COSTS)
  await panel.locator('form').dispatchEvent('drop', { dataTransfer: dropped })
  await panel.getByRole('group', { name: 'First rows of dropped.csv' }).waitFor()
})

test('a map shows the countries, beside a table, for pointer and keys', async () => {
  const places = ['SE', 'SE', 'SE', 'NO', 'NO', 'SG']
  await addSite('map.example')
  const time = '2026-03-05T12:00:00Z'
  await post(
    places.map((country, n) => ({
      name: 'page_view',
      visitor_id: `m${n}`,
      url: 'https://map.example/',
      time,
      country,
    })),
    'map.example',
  )
  const page = await open(`/?site=map.example&${VIEW}`)
  const panel = page.getByRole('region', { name: 'Locations' })
  await panel.getByRole('link', { name: 'Map', exact: true }).click()
  const map = panel.getByRole('group', { name: 'Visitors by country, on a map' })
  const [sweden, norway] = ['Sweden: 3', 'Norway: 2'].map(name => map.getByRole('link', { name })) as [Locator, Locator]
  await sweden.waitFor()
  expect(await map.locator('path').count()).toBeGreaterThan(150)
  expect((await textsOf(panel.getByRole('group', { name: 'By country' }))).map(([, visitors]) => visitors)).toEqual([
    '3',
    '2',
    '1',
  ])
  await panel.getByText('Not on the map: Singapore.').waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await sweden.focus()
  await page.keyboard.press('ArrowRight')
  expect(await norway.evaluate(link => link === document.activeElement)).toBe(true)
  await page.keyboard.press('Enter')
  await page.waitForURL(/is\.country=NO/)
  await loaded(page)
  await page.goBack()
  await sweden.locator('path').click()
  await page.waitForURL(/is\.country=SE/)
})
