import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import deploy from '../../../docs/deploy.md?raw'
import { LIMITS } from '../../../shared/limits'
import type { Question } from '../../../shared/question'
import { DEFAULT_VIEW, type View } from '../../../worker/dashboard/address'
import { breakdownQuestion } from '../../../worker/dashboard/breakdown'
import { OVERVIEW_BREAKDOWNS } from '../../../worker/dashboard/overviewBreakdowns'
import { OVERVIEW_CARDS } from '../../../worker/dashboard/overviewCards'
import { about, cardsQuestion, chartQuestion } from '../../../worker/dashboard/questions'
import { METRICS } from '../../../worker/metrics/definitions'
import { addressOf, agentOf } from '../../benchmark/inside/agents'
import { CONTENT_SITE, recordsBetween, type SimulatedRecord, simulateDay } from '../../benchmark/simulate'
import { clockByHand } from '../../integration/clockByHand'
import { QUERIES } from '../../integration/d1Limits'
import { request, runCron } from '../../integration/invocation'
import type { Usage } from '../../integration/limitedDatabase'
import { createSite, post, type TestSite } from '../../integration/setup'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const CRON = HOUR / 12
const FREE = { statements: QUERIES.free }

const PAGE_VIEWS = 10_000
/** Page views of each day before: a month with a tenth of the traffic, then a month with all of it. */
const HISTORY = [...Array.from({ length: 31 }, () => PAGE_VIEWS / 10), ...Array.from({ length: 30 }, () => PAGE_VIEWS)]
const BEFORE = Date.UTC(2026, 0, 1)
const START = BEFORE + HISTORY.length * DAY

/** The overview tab that the owner opens, by hour of the day. */
const LOOKS: Readonly<Record<number, string>> = {
  7: 'page',
  8: 'channel',
  9: 'page',
  10: 'country',
  12: 'page',
  14: 'device',
  16: 'page',
  18: 'source',
  20: 'page',
  22: 'entry_page',
}
/** The hour of the day at which the owner opens All metrics. */
const METRICS_AT = 11

clockByHand(BEFORE)

/** The totals of all invocations of one kind; `statements` are those of the largest one. */
type Sums = Readonly<Record<'invocations' | 'rowsRead' | 'rowsWritten' | 'statements', number>>

const NOTHING: Sums = { invocations: 0, rowsRead: 0, rowsWritten: 0, statements: 0 }

type Kind = 'beacons' | 'cron' | 'overview' | 'all metrics'

const sums = new Map<Kind, Sums>()

const count = (kind: Kind, { rowsRead, rowsWritten, statements, errors }: Usage): void => {
  expect(errors).toEqual([])
  const before = sums.get(kind) ?? NOTHING
  sums.set(kind, {
    invocations: before.invocations + 1,
    rowsRead: before.rowsRead + rowsRead,
    rowsWritten: before.rowsWritten + rowsWritten,
    statements: Math.max(before.statements, statements),
  })
}

const urlOf = ({ domain }: TestSite, { path }: SimulatedRecord): string =>
  `https://${domain}/articles/${path}/a-title-of-some-length`

const referrerOf = ({ source }: SimulatedRecord): string => (source < 0 ? '' : `https://source-${source}.example/`)

/** Stores the page views of a day in large calls. */
const storeDay = async (site: TestSite, day: number, pageViews: number): Promise<void> => {
  const records = simulateDay(CONTENT_SITE, pageViews * CONTENT_SITE.days, BEFORE, day).filter(({ left }) => left)
  vi.setSystemTime(BEFORE + (day + 1) * DAY - 1)
  const events = records.map(record => ({
    name: 'page_view',
    time: Math.min(record.time, Date.now()),
    ip: addressOf(record.visitor),
    user_agent: agentOf(record.agent),
    url: urlOf(site, record),
    referrer: referrerOf(record),
    engaged_seconds: record.seen / 1000,
  }))
  for (let from = 0; from < events.length; from += LIMITS.eventsPerCall)
    await post(site, events.slice(from, from + LIMITS.eventsPerCall))
  await runCron('none')
}

const sendBeacon = async (site: TestSite, record: SimulatedRecord): Promise<void> => {
  const { sent, time, id, visitor, agent, left, seen, depth, clicks } = record
  vi.setSystemTime(sent)
  const own = { i: id, t: time, u: urlOf(site, record), r: referrerOf(record) }
  const body = JSON.stringify({
    v: 1,
    s: site.domain,
    n: sent,
    e: [{ ...own, ...(left && { m: seen, d: depth, c: clicks }) }],
  })
  const headers = { 'user-agent': agentOf(agent), 'cf-connecting-ip': addressOf(visitor) }
  const { status, usage } = await request('/v1/e', { method: 'POST', headers, body }, FREE)
  expect(status).toBe(204)
  count('beacons', usage)
}

const ask = async (kind: Kind, questions: readonly Question[]): Promise<void> => {
  const headers = { authorization: `Bearer ${env.ADMIN_TOKEN}` }
  const init = { method: 'POST', headers, body: JSON.stringify(questions) }
  const { status, usage } = await request('/api/v1/query', init, FREE)
  expect(status).toBe(200)
  count(kind, usage)
}

const viewOf = ({ domain }: TestSite, by: string): View => ({ ...DEFAULT_VIEW, site: domain, own: { by } })

const lookAtOverview = (site: TestSite, by: string): Promise<void> => {
  const view = viewOf(site, by)
  const questions = [
    cardsQuestion(OVERVIEW_CARDS, view),
    chartQuestion(['visitors'], view),
    ...OVERVIEW_BREAKDOWNS.map(breakdown => breakdownQuestion(breakdown, view)),
  ]
  return ask('overview', questions)
}

const lookAtMetrics = async (site: TestSite): Promise<void> => {
  const question = { ...about(viewOf(site, 'page')), metrics: METRICS.map(({ id }) => id) }
  await ask('all metrics', [question])
}

/** Runs the cron and asks the queries that are due in a span. */
const passTime = async (site: TestSite, from: number, to: number): Promise<void> => {
  for (let due = Math.ceil(from / CRON) * CRON; due < to; due += CRON) {
    vi.setSystemTime(due)
    count('cron', await runCron('free'))
    const hour = (due - START) / HOUR
    const by = LOOKS[hour]
    if (by !== undefined) await lookAtOverview(site, by)
    if (hour === METRICS_AT) await lookAtMetrics(site)
  }
}

/** By name, the numbers of each line of the table in docs/deploy.md. */
const documented = (): Map<string, number[]> => {
  const [, table = ''] = /<!-- table: day -->\n([\s\S]*?)<!-- end: day -->/.exec(deploy) ?? []
  const lines = table.split('\n').map(line => line.split('|').map(cell => cell.trim()))
  return new Map(lines.map(([, name = '', ...cells]) => [name, cells.map(cell => Number(cell.replaceAll(',', '')))]))
}

test('on the free plan, a day of 10,000 page views takes what docs/deploy.md says', {
  timeout: 3_600_000,
}, async () => {
  const site = await createSite({ timezone: 'UTC', currency: 'EUR' })
  for (const [day, pageViews] of HISTORY.entries()) await storeDay(site, day, pageViews)
  let from = START
  for (const record of recordsBetween(CONTENT_SITE, () => PAGE_VIEWS * CONTENT_SITE.days, START, START, START + DAY)) {
    await passTime(site, from, record.sent)
    from = record.sent
    await sendBeacon(site, record)
  }
  await passTime(site, from, START + DAY)

  const table = documented()
  const measured = [...sums].map(([kind, own]) => [kind, ...Object.values(own)])
  const said = measured.map(([kind]) => [kind, ...(table.get(String(kind)) ?? []).slice(0, 4)])
  const isNear = (one: unknown, other: unknown): boolean =>
    one === other || Math.abs(Number(one) - Number(other)) <= 0.1 * Number(other)
  const isAsSaid = measured.every((line, n) => line.every((cell, column) => isNear(cell, said[n]?.[column])))
  expect(isAsSaid, `measured ${JSON.stringify(measured)}, documented ${JSON.stringify(said)}`).toBe(true)
})
