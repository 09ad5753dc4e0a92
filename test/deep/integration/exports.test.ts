import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { clockByHand } from '../../integration/clockByHand'
import { deliverAll, withSite } from '../../integration/delivery'
import { type ExportedRow, exportedRows } from '../../integration/exportedRows'
import { runsOnStore } from '../../integration/runs'
import { cron, query, type TestSite } from '../../integration/setup'
import { addDays } from '../../oracle/calendar'
import { dailyIdPlan, happen, happenWithDailyIds, plan, type Scenario } from '../../oracle/scenario'

const HOUR = 3_600_000
const RUNS = runsOnStore(5)
const PATIENCE = { interruptAfterTimeLimit: 600_000, markInterruptAsFailure: true, seed: env.TEST_SEED }

type Asked = Parameters<typeof query>[1]

clockByHand(Date.UTC(2026, 0, 1))

const count = (rows: readonly ExportedRow[], ...flags: readonly string[]): number =>
  rows.filter(row => flags.every(flag => (flag.startsWith('!') ? row[flag.slice(1)] !== true : row[flag] === true)))
    .length

const sum = (rows: readonly ExportedRow[], column: string): number =>
  Math.round(rows.reduce((total, row) => total + Number(row[column]), 0) * 1e6) / 1e6

/** Metrics with their parameters. Several queries, because each asks for a metric by one rule. */
const QUERIES = [
  {
    metrics: [
      'pageviews',
      'sessions',
      'session_duration',
      'engaged_time',
      'bounce_rate',
      'conversion_rate',
      'cart_abandonment_rate',
      'checkout_abandonment_rate',
      'orders',
      'gross_revenue',
      'refunds',
      'refund_rate',
    ],
    parameters: { conversion_rate: { scope: 'session' } },
  },
  { metrics: ['bounce_rate'], parameters: { bounce_rate: { rule: 'single_page' } } },
  { metrics: ['bounce_rate'], parameters: { bounce_rate: { rule: 'engaged' } } },
]

/** Metrics that are left out where amounts are in several currencies, none of them the site's. */
const MONEY = ['gross_revenue', 'refunds', 'refund_rate']

/** What the exported rows say, in the order of the queries. */
const fromRows = (
  tables: Readonly<Record<'pageviews' | 'sessions' | 'events' | 'orders', readonly ExportedRow[]>>,
  currency: unknown,
): (readonly [string, number])[] => {
  const { pageviews, sessions, events, orders } = tables
  const own = orders.filter(row => row.currency === currency)
  const refunds = events.filter(row => row.name === 'refund' && row.currency === currency)
  return [
    ['pageviews', pageviews.length],
    ['sessions', sessions.length],
    ['session_duration', sum(sessions, 'duration_seconds')],
    ['engaged_time', sum(sessions, 'engaged_seconds')],
    ['bounce_rate', count(sessions, 'bounced')],
    ['conversion_rate', count(sessions, 'converted')],
    ['cart_abandonment_rate', count(sessions, 'has_add_to_cart', '!has_purchase')],
    ['checkout_abandonment_rate', count(sessions, 'has_begin_checkout', '!has_purchase')],
    ['orders', orders.length],
    ['gross_revenue', sum(own, 'value')],
    ['refunds', sum(refunds, 'value')],
    ['refund_rate', sum(own, 'refunded')],
    ['bounce_rate', count(sessions, 'bounced_single_page')],
    ['bounce_rate', count(sessions, 'bounced_engaged')],
  ]
}

const demand = async (site: TestSite, { firstDay }: Scenario): Promise<void> => {
  const [from, to] = [addDays(firstDay, -1), addDays(firstDay, 45)]
  const [pageviews = [], sessions = [], events = [], orders = []] = await Promise.all(
    ['pageviews', 'sessions', 'events', 'orders'].map(table => exportedRows(site, table, `${from},${to}`)),
  )
  const answers = await Promise.all(QUERIES.map(one => query(site, { ...one, period: { from, to } } as Asked)))
  const cells = answers.flatMap(({ rows }) => Object.entries(rows[0]?.metrics ?? {}))
  const currency = cells.find(([id]) => id === 'gross_revenue')?.[1].currency
  const isAsked = ([id]: readonly [string, unknown]) => currency !== undefined || !MONEY.includes(id)
  const answered = cells.map(([id, cell]) => [id, cell.numerator ?? cell.value ?? 0] as const)
  const told = fromRows({ pageviews, sessions, events, orders }, currency)
  expect(told.filter(isAsked)).toEqual(answered.filter(isAsked))
  const known = new Set(sessions.map(({ session }) => session))
  expect(pageviews.filter(({ session }) => !known.has(session))).toEqual([])
}

const demandBoth = (scenario: Scenario): Promise<void> =>
  withSite(scenario, async site => {
    await deliverAll(site, scenario)
    vi.setSystemTime(Date.now() + 26 * HOUR)
    await demand(site, scenario)
    await cron()
    await demand(site, scenario)
  })

test('exported rows add up to what the API answers, for random events in random order', async () => {
  await fc.assert(
    fc.asyncProperty(plan, one => demandBoth(happen(one, Date.now()))),
    { numRuns: RUNS, ...PATIENCE },
  )
}, 660_000)

test('so do those of visitors whose ids are valid for a day', async () => {
  await fc.assert(
    fc.asyncProperty(dailyIdPlan, one => demandBoth(happenWithDailyIds(one, Date.now()))),
    { numRuns: Math.ceil(RUNS / 2), ...PATIENCE },
  )
}, 660_000)
