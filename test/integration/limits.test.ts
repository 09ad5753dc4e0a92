import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { LIMITS } from '../../shared/limits'
import type { Answer, Question } from '../../shared/question'
import { EMPTY_SETTINGS } from '../../shared/settings'
import { allowedDimensions, defaultsOf, takesFilter } from '../../worker/metrics/allowed'
import { METRICS } from '../../worker/metrics/definitions'
import { dimensionOf } from '../../worker/metrics/dimensions'
import { combineStatements } from '../../worker/query/compile/combineStatements'
import { compileMeasures } from '../../worker/query/compile/compileMeasures'
import type { ResultRow } from '../../worker/query/execute/cell'
import { separateRows } from '../../worker/query/execute/separateRows'
import type { Scope } from '../../worker/relations/sql/scope'
import { measuresOf } from '../../worker/rollups/storedMeasures'
import { sessionRow } from '../../worker/sessions/sessionRow'
import type { SqlStatement } from '../../worker/storage/database'
import { browser } from './beacons'
import { QUERIES } from './d1Limits'
import { request, runCron } from './invocation'
import { createSite, migrate, post, type TestSite } from './setup'

beforeAll(migrate)

const HOUR = 3_600_000
const DAY = 24 * HOUR
const FREE = { calls: QUERIES.free, statements: QUERIES.free }

const siteOfSomeWeeks = async (): Promise<TestSite> => {
  const site = await createSite()
  const events = [0, 1, 20, 65].flatMap(day => {
    const base = { user_id: 'u', visitor_id: 'v', time: Date.now() - day * DAY - HOUR }
    return [
      { ...base, name: 'page_view', url: 'https://shop.example/' },
      { ...base, name: 'purchase', value: 5, transaction_id: `T${day}`, items: [{ item_id: 'A', price: 5 }] },
    ]
  })
  await post(site, events)
  return site
}

const ask = async ({ domain, read }: TestSite, question: Omit<Question, 'site'>): Promise<void> => {
  const body = JSON.stringify({ site: domain, period: '30d', ...question })
  const init = { method: 'POST', headers: { authorization: `Bearer ${read}` }, body }
  const { status, body: answer, usage } = await request('/api/v1/query', init, { statements: QUERIES.free })
  expect([status, usage.errors]).toEqual([200, []])
  expect((JSON.parse(answer) as Answer).meta.warnings).toEqual([])
}

const FILTERED = ['channel', 'entry_page', 'device', 'country']

/** As many filters and dimensions as a query may have. */
const LARGEST = {
  dimensions: ['channel', 'visitor_type', 'entry_page', 'exit_page'],
  filters: Array.from(
    { length: 20 },
    (_, n) =>
      ['is_not', FILTERED[n % FILTERED.length] ?? '', Array.from({ length: 100 }, (_, m) => `${n}/${m}`)] as const,
  ),
}

const metricsBy = (dimensions: readonly string[], filtered: readonly string[]): string[] =>
  METRICS.filter(metric => {
    const on = filtered.flatMap(id => dimensionOf(id) ?? [])
    return (
      dimensions.every(id => allowedDimensions(metric).includes(id)) &&
      on.every(one => takesFilter(metric, one) && metric.allows?.(defaultsOf(metric), one, 'filter') !== false)
    )
  }).map(({ id }) => id)

test('the largest queries keep to what D1 takes, before and after rollups are built', async () => {
  const site = await siteOfSomeWeeks()
  for (const isRolledUp of [false, true]) {
    if (isRolledUp) expect((await runCron('none')).errors).toEqual([])
    await ask(site, { metrics: metricsBy([], []), compare: 'previous_period' })
    await ask(site, { metrics: metricsBy([], []), granularity: 'day' })
    await ask(site, { metrics: metricsBy(['page'], []), dimensions: ['page'], granularity: 'week' })
    await ask(site, { ...LARGEST, metrics: metricsBy(LARGEST.dimensions, FILTERED), compare: 'previous_period' })
  }
})

test('the largest beacon takes no more statements than the free plan has', async () => {
  const { domain } = await createSite()
  const now = Date.now()
  const records = Array.from({ length: LIMITS.recordsPerBeacon }, (_, n) => ({
    i: n,
    t: now - n,
    u: `https://${domain}/${n}?utm_source=${n}`,
    ...(n % 3 === 0 ? {} : { k: n % 3 === 1 ? 'purchase' : `event_${n}` }),
    ...(n % 3 !== 0 && { o: { value: 1, transaction_id: `T${n}`, user_id: 'u', padding: 'x'.repeat(900) } }),
  }))
  const { agent, address } = browser(1)
  const headers = { 'user-agent': agent, 'cf-connecting-ip': address }
  const body = JSON.stringify({ v: 1, s: domain, n: now, e: records })
  const { status, usage } = await request('/v1/e', { method: 'POST', headers, body }, FREE)
  expect([status, usage.errors]).toEqual([204, []])
})

const TODAY = 20_000

/** Sessions that no table holds, as a live delta has them. */
const SESSIONS = Array.from({ length: 5 }, (_, n) =>
  sessionRow(
    {
      visitor: n - 2,
      next: null,
      begin: TODAY * DAY + n * HOUR,
      last: 60_000,
      duration: 60_000,
      cut: null,
      seen: 30_000,
      views: n,
      clicks: n,
      actions: 1,
      events: 2 ** n,
      entry: 1,
      exit: 1,
      source: null,
      place: null,
      device: null,
    },
    n === 4,
  ),
)

const scopeOf = (added: Scope['added'], removed: Scope['removed']): Scope => ({
  site: 1,
  zone: 'UTC',
  now: (TODAY + 1) * DAY,
  range: { from: TODAY * DAY, to: (TODAY + 1) * DAY, firstDay: TODAY, lastDay: TODAY },
  granularity: null,
  dimensions: [],
  filters: [],
  removed,
  added,
  hasIdentities: false,
  customEvents: new Map(),
  formerEvents: new Map(),
  currencies: new Map(),
  settings: EMPTY_SETTINGS,
  users: new Map(),
  ends: [{ key: 0, from: TODAY * DAY, to: (TODAY + 1) * DAY, lastDay: TODAY, days: 1 }],
})

/** Every measure of the catalogue. */
const MEASURES = METRICS.filter(metric => !metric.lacks?.(EMPTY_SETTINGS, defaultsOf(metric))).flatMap(metric =>
  measuresOf(metric, defaultsOf(metric), EMPTY_SETTINGS),
)

const KEYS = SESSIONS.map(([visitor, begin]) => [Number(begin) / HOUR, visitor, 0])

const textsOf = (rows: readonly unknown[], size: number): string[] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, n) => JSON.stringify(rows.slice(n * size, (n + 1) * size)))

const run = (statements: readonly SqlStatement[]) =>
  env.DB.batch<ResultRow>(statements.map(({ sql, values }) => env.DB.prepare(sql).bind(...values)))

test('a live delta counts the same in one bound value and in several', async () => {
  const rowsIn = async (size: number): Promise<unknown[]> => {
    const statements = compileMeasures(scopeOf(textsOf(SESSIONS, size), textsOf(KEYS, size)), MEASURES)
    return (await run(statements)).map(({ results }) => results)
  }
  const together = await rowsIn(5)
  expect(JSON.stringify(together)).toContain(':5')
  expect(await rowsIn(2)).toEqual(together)
  expect(await rowsIn(1)).toEqual(together)
})

test('combined statements return the same rows and read no more', async () => {
  const statements = compileMeasures(scopeOf(textsOf(SESSIONS, 5), textsOf(KEYS, 5)), MEASURES)
  const combined = combineStatements(statements)
  expect(combined.length).toBeLessThan(statements.length / 2)
  const [alone, together] = [await run(statements), await run(combined)]
  const rows = combined.flatMap((one, index) => separateRows(one, together[index]?.results ?? []))
  expect(rows).toEqual(alone.map(({ results }) => results))
  const rowsRead = (results: readonly D1Result[]): number => results.reduce((sum, { meta }) => sum + meta.rows_read, 0)
  expect(rowsRead(together)).toBe(rowsRead(alone))
})
