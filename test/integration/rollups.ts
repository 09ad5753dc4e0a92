import { env } from 'cloudflare:workers'
import type { Answer, Question } from '../../shared/question'
import { EMPTY_SETTINGS } from '../../shared/settings'
import { answerAll } from '../../worker/http/answer'
import { allowedDimensions, defaultsOf, takesFilter } from '../../worker/metrics/allowed'
import { METRICS } from '../../worker/metrics/definitions'
import { dimensionOf } from '../../worker/metrics/dimensions'
import type { Metric } from '../../worker/metrics/metric'
import { parseQuery } from '../../worker/query/parse/parseQuery'
import { buildDayPeople } from '../../worker/rollups/buildDayPeople'
import { buildDays } from '../../worker/rollups/buildDays'
import { buildToday } from '../../worker/rollups/buildToday'
import { storedMeasures } from '../../worker/rollups/storedMeasures'
import { type SessionChanges, settle } from '../../worker/sessions/settle'
import { Site } from '../../worker/site'
import { d1 } from '../../worker/storage/d1'
import type { SiteConfig } from '../../worker/storage/siteConfig'
import { findSite } from '../../worker/storage/sites'
import { ROLLUP_TABLES } from './rollupTables'
import type { TestSite } from './setup'

export const siteOf = async ({ domain }: TestSite): Promise<SiteConfig> => {
  const found = await findSite(d1(env.DB), domain)
  if (!found) throw new Error(`${domain} is not there`)
  return found
}

/** Rolls a site up and keeps today's rollup, even on days with too few events to need one. */
export const rollUp = async (
  db: D1Database,
  site: TestSite,
  changes: readonly SessionChanges[] = [],
): Promise<void> => {
  const found = await siteOf(site)
  await buildDays(d1(db), found, Date.now())
  await buildDayPeople(d1(db), found)
  await buildToday(d1(db), found, Date.now(), changes, { few: 0 })
}

/** The cron's work for one site. */
export const cron = async (site: TestSite): Promise<void> => {
  await rollUp(env.DB, site, await settle(d1(env.DB), (await siteOf(site)).id, Date.now()))
}

/** Runs something without any rollup of a site, then restores the rollups, stale or not. */
export const withoutRollups = async <T>(site: TestSite, work: () => Promise<T>): Promise<T> => {
  const { id } = await siteOf(site)
  const all = (sql: string): D1PreparedStatement[] =>
    ROLLUP_TABLES.map(table => env.DB.prepare(sql.replace('any_table', table)).bind(id))
  const rows = await env.DB.batch<Record<string, unknown>>(all('select * from any_table where site = ?1'))
  await env.DB.batch(all('delete from any_table where site = ?1'))
  const result = await work()
  const back = rows.flatMap(({ results }, index) =>
    results.map(row => {
      const columns = Object.keys(row)
      const placeholders = columns.map((_, place) => `?${place + 1}`)
      return env.DB.prepare(`insert into ${ROLLUP_TABLES[index]} (${columns}) values (${placeholders})`).bind(
        ...Object.values(row),
      )
    }),
  )
  if (back.length > 0) await env.DB.batch(back)
  return result
}

export type Asked = Omit<Question, 'site' | 'period'>

const ids = (of: (metric: Metric) => boolean): string[] => METRICS.filter(of).map(({ id }) => id)

/** True if rollups store a measure of the metric. Any other metric is computed from events either way. */
const isRolledUp = (metric: Metric): boolean =>
  storedMeasures(metric, defaultsOf(metric), EMPTY_SETTINGS, []).some(measure => measure !== null)

const HELD = new Set(ids(isRolledUp))

/** True for the id of a metric that rollups hold. */
export const isHeld = (id: string): boolean => HELD.has(id)

const by = (id: string): Asked => {
  const dimension = dimensionOf(id)
  const metrics = ids(
    metric =>
      isRolledUp(metric) &&
      allowedDimensions(metric).includes(id) &&
      (!dimension || metric.allows?.({}, dimension, 'breakdown') !== false),
  )
  return { metrics, dimensions: [id], order_by: [[id, 'asc']] }
}

const filtered = (id: string, value: string): Asked => {
  const dimension = dimensionOf(id)
  const takes = (metric: Metric): boolean =>
    isRolledUp(metric) &&
    dimension !== undefined &&
    takesFilter(metric, dimension) &&
    metric.allows?.({}, dimension, 'filter') !== false
  return { metrics: ids(takes), filters: [['is', id, [value]]] }
}

/**
 * Every metric in total and over time; those that rollups hold by dimensions of events and of sessions, and filtered on a
 * value of them.
 */
export const QUESTIONS: readonly Asked[] = [
  { metrics: ids(() => true), compare: 'previous_period' },
  { metrics: ids(() => true), granularity: 'day' },
  { metrics: ids(isRolledUp), granularity: 'week' },
  { ...by('page'), granularity: 'month' },
  by('page'),
  { ...by('channel'), granularity: 'day' },
  by('country'),
  { ...filtered('page', '/a'), compare: 'previous_period' },
  { ...filtered('channel', 'Direct'), granularity: 'day' },
  { ...by('page'), filters: [['is', 'page', ['/a', '/b/c']]] },
  { metrics: ['visitors'], dimensions: ['channel'], compare: 'previous_period' },
  { metrics: ['visitors', 'sessions'], dimensions: ['source'], filters: [['is', 'source', ['letter', '(direct)']]] },
  { metrics: ['visitors', 'sessions'], filters: [['is', 'browser', ['(not set)']]], compare: 'previous_period' },
  // Separately: groups without any of it.
  { metrics: ['clicks'], dimensions: ['page'] },
  { metrics: ['bounces'], dimensions: ['channel'] },
  { metrics: ['conversions', 'leads'], dimensions: ['channel'], granularity: 'week' },
]

/** Numbers to nine digits: a sum of fractions depends on the order of its terms. */
const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(9)) : value

const linesOf = (answers: readonly Answer[]): string[] =>
  answers.flatMap(({ query, rows }) => [JSON.stringify(query), ...rows.map(row => JSON.stringify(row, rounded))])

const answersOf = async (site: TestSite, asked: readonly Asked[], periods: readonly Question['period'][]) => {
  const plans = periods.flatMap(period =>
    asked.map(question => parseQuery({ ...question, site: site.domain, ...(period && { period }) })),
  )
  return linesOf(await answerAll(new Site(d1(env.DB), await siteOf(site)), plans, Date.now()))
}

/** Queries have the same answers from rollups and from events alone. */
export const expectRollupsMatchEvents = async (
  site: TestSite,
  asked: readonly Asked[],
  periods: readonly Question['period'][],
  when: string,
): Promise<void> => {
  const rolledUp = await answersOf(site, asked, periods)
  const raw = await withoutRollups(site, () => answersOf(site, asked, periods))
  for (const [index, line] of raw.entries()) {
    if (rolledUp[index] !== line)
      throw new Error(`${when}: the rollups say\n${rolledUp[index]}\nand the events say\n${line}`)
  }
}
