import { readFile } from 'node:fs/promises'
import Papa from 'papaparse'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { METRICS } from '../../../worker/metrics/definitions'
import { APP, PERIOD, SHOP } from '../../e2e/dashboardPagesStory'
import { addSite, ask, loaded, open, openTab, post, server, signIn } from '../../e2e/dashboardStage'

const VIEW = `period=${PERIOD.from},${PERIOD.to}`
const OVERVIEW = `/?site=shop.example&${VIEW}`
const CART = `/cart?site=shop.example&${VIEW}`
const ONBOARDING = `/onboarding?site=app.example&${VIEW}`
const USERS = `/users?site=app.example&${VIEW}`
const FEEDBACK = `/feedback?site=app.example&${VIEW}`
const EVERY = `/metrics?site=shop.example&${VIEW}`

beforeAll(async () => {
  for (const domain of ['shop.example', 'app.example']) await addSite(domain)
  await fetch(`${server.url}/api/v1/sites/app.example`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ settings: { value_event: { event: 'project_created' } } }),
  })
  await post(SHOP, 'shop.example')
  await post(APP, 'app.example')
  await post(
    [10, 9, 8, 3].map(score => ({
      name: 'survey_response',
      survey_id: 'spring',
      kind: 'nps',
      score,
      properties: { comment: `Because of ${score}` },
      user_id: `respondent ${score}`,
      time: '2026-03-05T12:00:00Z',
      interactive: false,
    })),
    'app.example',
  )
})

/** Downloads a panel's CSV; every line has a cell for each column, or the test fails. */
const csvOf = async (page: Page, panel: string) => {
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator(`#${panel} [data-csv]`).click()])
  const text = await readFile(await file.path(), 'utf8')
  expect(text.startsWith('\ufeff')).toBe(true)
  expect(text.endsWith('\r\n')).toBe(true)
  const { data, errors } = Papa.parse<string[]>(text.slice(1).replace(/\r\n$/, ''), { newline: '\r\n' })
  expect(errors.filter(({ code }) => code !== 'UndetectableDelimiter')).toEqual([])
  const [header = [], ...lines] = data
  expect(new Set(header).size).toBe(header.length)
  for (const line of lines) {
    expect(line.length).toBe(header.length)
    expect(line).not.toEqual(header)
  }
  return { name: file.suggestedFilename(), header, lines }
}

const FIGURES = [
  'metric',
  'name',
  'unit',
  'value',
  'currency',
  'low',
  'high',
  'status',
  'previous',
  'change',
  'verdict',
]

const SHARED = ['visitors', 'visitors_share']

const NPS_ANSWERS = [
  'answers',
  'scores',
  ...['', '_numerator', '_denominator', '_low', '_high', '_status'].map(end => `share${end}`),
]

/** Every panel with a button: its page, the name of its file, its header. */
const PANELS: readonly (readonly [path: string, panel: string, file: string, header: readonly string[]])[] = [
  [OVERVIEW, 'cards', 'top-stats', FIGURES],
  [OVERVIEW, 'chart', 'visitors-by-day', ['time', 'visitors', 'visitors_low', 'visitors_high', 'visitors_previous']],
  [OVERVIEW, 'sources', 'sources', ['channel', ...SHARED]],
  [OVERVIEW, 'pages', 'pages', ['page', 'pageviews', 'pageviews_share']],
  [OVERVIEW, 'locations', 'locations', ['country', 'country_name', ...SHARED]],
  [OVERVIEW, 'devices', 'devices', ['device', ...SHARED]],
  [CART, 'cards', 'top-stats', FIGURES],
  [
    CART,
    'chart',
    'revenue-by-day',
    ['time', 'revenue', 'revenue_currency', 'revenue_low', 'revenue_high', 'revenue_previous'],
  ],
  [
    CART,
    'funnel',
    'purchase-funnel',
    ['step', 'sessions', 'drop_off', 'drop_off_rate', 'share_of_sessions', 'low', 'high'],
  ],
  [
    CART,
    'abandonment',
    'cart-abandonment-rate',
    ['time', ...['', '_low', '_high', '_previous'].map(end => `cart_abandonment_rate${end}`)],
  ],
  [
    CART,
    'breakdown',
    'abandonment-breakdown',
    ['device', 'carts', 'carts_share', 'cart_abandonment_rate', 'checkout_abandonment_rate'],
  ],
  [CART, 'products', 'products', ['item', 'viewed', 'added_to_cart', 'purchased', 'abandoned']],
  [CART, 'recoveries', 'cart-outcomes', ['outcome', 'count', 'share_of_closed_carts']],
  [CART, 'coverage', 'order-coverage', FIGURES],
  [ONBOARDING, 'cards', 'guide-performance', FIGURES],
  [ONBOARDING, 'activation', 'activation-and-time-to-value', FIGURES],
  [
    ONBOARDING,
    'chart',
    'guide-views-by-day',
    ['time', 'guide_views', 'guide_views_low', 'guide_views_high', 'guide_views_previous'],
  ],
  [ONBOARDING, 'effect', 'guide-effect', ['guide', 'sign_ups', 'activated', 'activation_rate']],
  [
    ONBOARDING,
    'guides',
    'guides',
    ['guide', 'step', 'runs', 'dropped_off', 'drop_off_rate', 'drop_off_rate_low', 'drop_off_rate_high'],
  ],
  [ONBOARDING, 'nps', 'nps-answers', NPS_ANSWERS],
  [USERS, 'cards', 'active-users', FIGURES],
  [
    USERS,
    'chart',
    'active-users-by-day',
    ['time', ...['dau', 'wau', 'mau'].flatMap(id => [id, `${id}_low`, `${id}_high`])],
  ],
  [
    USERS,
    'retention',
    'retention',
    [
      'cohort',
      'users',
      'week',
      ...['', '_numerator', '_denominator', '_low', '_high', '_status'].map(end => `retention_rate${end}`),
    ],
  ],
  [USERS, 'lifecycle', 'user-lifecycle', ['state', 'users', 'share_of_active_users']],
  [
    USERS,
    'features',
    'feature-adoption',
    ['feature', 'users', 'active_users', ...['', '_low', '_high'].map(end => `feature_adoption_rate${end}`)],
  ],
  [FEEDBACK, 'cards', 'survey-scores', FIGURES],
  [FEEDBACK, 'chart', 'net-promoter-score-by-week', ['time', 'nps', 'nps_low', 'nps_high', 'nps_previous']],
  [FEEDBACK, 'answers', 'nps-answers', NPS_ANSWERS],
  [FEEDBACK, 'breakdown', 'scores', ['device', 'nps', 'csat']],
  [FEEDBACK, 'nps', 'nps-distribution', ['score', 'answers', 'share_of_answers']],
  [FEEDBACK, 'csat', 'csat-distribution', ['score', 'answers', 'share_of_answers']],
  [FEEDBACK, 'comments', 'comments', ['comment', 'survey', 'score', 'answers']],
  [EVERY, 'catalogue', 'metrics', [...FIGURES, 'family', 'formula']],
]

test.each([...new Set(PANELS.map(([path]) => path))])(
  '%s: each CSV is one table, named after panel, site and period',
  async path => {
    const page = await open(path)
    const site = new URL(page.url()).searchParams.get('site')
    const panels = PANELS.filter(([of]) => of === path)
    const ids = await page.locator('section:has([data-csv])').evaluateAll(sections => sections.map(({ id }) => id))
    expect(ids).toEqual(panels.map(([, panel]) => panel))
    for (const [, panel, file, header] of panels) {
      const csv = await csvOf(page, panel)
      expect([panel, csv.header]).toEqual([panel, header])
      expect(csv.lines.length).toBeGreaterThan(0)
      expect(csv.lines.map(([label]) => label)).not.toContain('')
      expect(csv.name).toBe(`${file}_${site}_${PERIOD.from}_${PERIOD.to}.csv`)
    }
  },
)

const short = (lines: readonly string[][], columns: number) => lines.map(line => line.slice(0, columns))

test('the funnel has a named line for each step', async () => {
  const { lines } = await csvOf(await open(CART), 'funnel')
  expect(short(lines, 5)).toEqual([
    ['Viewed product', '8', '', '', String(8 / 11)],
    ['Added to cart', '6', '2', '0.25', String(6 / 11)],
    ['Started checkout', '2', '4', String(4 / 6), String(2 / 11)],
    ['Purchased', '3', '', '', String(3 / 11)],
  ])
  const { rows } = await ask({
    site: 'shop.example',
    period: PERIOD,
    metrics: ['conversion_rate'],
    parameters: { conversion_rate: { scope: 'session', event: 'view_item' } },
  })
  expect(lines[0]?.slice(5)).toEqual(rows[0]?.metrics.conversion_rate?.interval?.map(String))
})

test('cart outcomes have a line each, and only closed carts have a share', async () => {
  const { lines } = await csvOf(await open(CART), 'recoveries')
  expect(lines).toEqual([
    ['Purchased', '1', String(1 / 6)],
    ['Emptied', '1', String(1 / 6)],
    ['Abandoned', '4', String(4 / 6)],
    ['Recovered within 30 days', '1', ''],
    ['Direct purchases (no cart event)', '1', ''],
    ['Open carts', '0', ''],
  ])
})

test('products follow the order on the screen', async () => {
  const page = await open(CART)
  expect((await csvOf(page, 'products')).lines).toEqual([
    ['MUG', '6', '5', '2', '3'],
    ['SOCKS', '2', '3', '3', '0'],
    ['LAMP', '0', '2', '0', '2'],
  ])
  await page.getByRole('link', { name: 'Abandoned', exact: true }).click()
  await loaded(page)
  expect((await csvOf(page, 'products')).lines).toEqual([
    ['MUG', '6', '5', '2', '3'],
    ['LAMP', '0', '2', '0', '2'],
    ['SOCKS', '2', '3', '3', '0'],
  ])
})

test('guides have a line for each step, including guides without steps', async () => {
  const { lines } = await csvOf(await open(ONBOARDING), 'guides')
  expect(short(lines, 5)).toEqual([
    ['welcome', 'Started', '5', '', ''],
    ['welcome', 'Step 1', '5', '1', '0.2'],
    ['welcome', 'Step 2', '4', '1', '0.25'],
    ['welcome', 'Step 3 (last)', '3', '', ''],
    ['welcome', 'Completed', '3', '', ''],
    ['tour', 'Started', '1', '', ''],
    ['tour', 'Completed', '0', '', ''],
  ])
})

test('retention has a line for each cohort and each day, week or month after it', async () => {
  const page = await open(`${USERS}&unit=day`)
  const { lines } = await csvOf(page, 'retention')
  expect(lines.length).toBe(3 * 8)
  expect(short(lines, 6).filter(([, , day]) => day === '1' || day === '7')).toEqual([
    ['2026-03-02', '3', '1', String(2 / 3), '2', '3'],
    ['2026-03-02', '3', '7', String(1 / 3), '1', '3'],
    ['2026-03-04', '2', '1', '0.5', '1', '2'],
    ['2026-03-04', '2', '7', '0.5', '1', '2'],
    ['2026-03-27', '1', '1', '1', '1', '1'],
    ['2026-03-27', '1', '7', '', '0', '0'],
  ])
  await page.getByRole('link', { name: 'Weekly', exact: true }).click()
  await loaded(page)
  const weekly = await csvOf(page, 'retention')
  expect(weekly.header[2]).toBe('week')
  expect(weekly.lines[0]?.slice(0, 4)).toEqual(['2026-03-02', '5', '1', '0.6'])
})

test('the user lifecycle has a line for each state, and only active users have a share', async () => {
  const { lines } = await csvOf(await open(USERS), 'lifecycle')
  expect(lines).toEqual([
    ['New', '6', '1'],
    ['Returning', '0', '0'],
    ['Resurrected', '0', '0'],
    ['Dormant', '0', ''],
  ])
})

test('features have the share of active users and its parts', async () => {
  const { lines } = await csvOf(await open(USERS), 'features')
  expect(short(lines, 4)).toEqual([
    ['Export', '3', '6', '0.5'],
    ['Share', '1', '6', String(1 / 6)],
  ])
})

test('answers to net promoter score surveys have a line for each kind', async () => {
  const { lines } = await csvOf(await open(FEEDBACK), 'answers')
  expect(short(lines, 5)).toEqual([
    ['Promoters', '9–10', '0.5', '2', '4'],
    ['Passives', '7–8', '0.25', '1', '4'],
    ['Detractors', '0–6', '0.25', '1', '4'],
  ])
})

test('a chart has a line for each day and a currency for money', async () => {
  const { header, lines } = await csvOf(await open(`${OVERVIEW}&metric=revenue&compare=off`), 'chart')
  expect(header.slice(0, 3)).toEqual(['time', 'revenue', 'revenue_currency'])
  expect(header).not.toContain('revenue_previous')
  expect(lines.map(([time]) => time)).toEqual(
    Array.from({ length: 28 }, (_, at) => `2026-03-${String(at + 2).padStart(2, '0')}`),
  )
  expect(lines.find(([time]) => time === '2026-03-02')?.slice(1, 3)).toEqual(['20', 'USD'])
})

test('a breakdown by code adds the name, and a currency for money', async () => {
  await addSite('places.example')
  await post([{ name: 'page_view', visitor_id: 'a', country: 'SE', url: 'https://places.example/' }], 'places.example')
  const { header, lines } = await csvOf(await open('/?site=places.example&all=locations'), 'locations-sheet')
  expect(header).toEqual([
    'country',
    'country_name',
    'visitors',
    'visitors_share',
    'sessions',
    'bounce_rate',
    'conversion_rate',
    'revenue',
    'revenue_currency',
  ])
  expect(lines).toEqual([['SE', 'Sweden', '1', '1', '1', '1', '0', '0', 'USD']])
})

test('cards and all metrics have a line for each metric with the value of the API', async () => {
  const { lines } = await csvOf(await open(EVERY), 'catalogue')
  const ids = METRICS.map(({ id }) => id)
  expect(lines.map(([id]) => id)).toEqual(ids)
  const { rows } = await ask({ site: 'shop.example', period: PERIOD, metrics: ids })
  expect(lines.map(line => line[3])).toEqual(ids.map(id => String(rows[0]?.metrics[id]?.value ?? '')))
  const cards = await csvOf(await open(OVERVIEW), 'cards')
  const revenue = cards.lines.find(([id]) => id === 'revenue')
  expect(revenue?.slice(0, 5)).toEqual(['revenue', 'Revenue', 'currency', '50', 'USD'])
})

test('CSV is unavailable while a panel loads or after it failed', async () => {
  const page = await openTab()
  await signIn(page)
  await page.route('**/api/v1/query', route => route.abort())
  await page.goto(CART)
  const button = page.locator('#funnel [data-csv]')
  await page.locator('#funnel').getByText('Couldn’t reach the server').waitFor()
  expect(await button.isDisabled()).toBe(true)
  await page.unroute('**/api/v1/query')
  await page.locator('#funnel').getByRole('button', { name: 'Try again' }).click()
  await page.locator('#funnel tbody tr').first().waitFor()
  expect(await button.isDisabled()).toBe(false)
})
