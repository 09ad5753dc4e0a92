import type { Breakdown } from '../../../worker/dashboard/breakdown.ts'
import { OVERVIEW_BREAKDOWNS } from '../../../worker/dashboard/overviewBreakdowns.ts'
import { OVERVIEW_CARDS } from '../../../worker/dashboard/overviewCards.ts'
import type { Say } from '../database.ts'
import { type Figures, median } from '../figures.ts'
import { inFolder } from '../folders.ts'
import { addressOf, agentOf } from '../inside/agents.ts'
import { isolatesOn, type ProfiledCollector, SITE } from '../profiledCollector.ts'
import { type RequestCost, requestFigures, SIZES, type Size } from '../requestCosts.ts'

/** Days to fill. The largest site gets one, which is enough for a daily rollup, because each takes minutes. */
const DAYS: Readonly<Record<Size, number>> = { 1000: 5, 40000: 5, 200000: 1 }

const DAY = 86_400_000
const EVENTS_PER_CALL = 5_000
const COUNTRIES = ['SE', 'NO', 'DK', 'FI', 'DE', 'FR', 'GB', 'NL']
const PAGES = 200
const WARM = 50
const LOADS = 5
/** The largest `limit` of a question. */
const MOST_ROWS = 100

const [FIRST_CARD] = OVERVIEW_CARDS
const OVERVIEW = { site: SITE, period: '30d', compare: 'previous_period' }

const columnsOf = ({ metrics, of = {}, tabs: [{ dimension }] }: Breakdown): Breakdown['metrics'] =>
  of[dimension]?.metrics ?? metrics

/** The cards, the chart and the breakdowns of the overview. */
const overview = (limit: number) => [
  { ...OVERVIEW, metrics: OVERVIEW_CARDS, limit },
  { ...OVERVIEW, metrics: [FIRST_CARD], granularity: 'day', limit },
  ...OVERVIEW_BREAKDOWNS.map(({ steady, ...breakdown }: Breakdown) => ({
    ...OVERVIEW,
    ...(steady && { compare: undefined }),
    metrics: columnsOf(breakdown),
    dimensions: [breakdown.tabs[0].dimension],
    limit,
  })),
]

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

const twoDays = (limit: number) => ({
  ...OVERVIEW,
  limit,
  metrics: OVERVIEW_CARDS,
  period: { from: dayOf(Date.now() - DAY), to: dayOf(Date.now()) },
})

const pagesOfCountry = (limit: number) => ({
  site: SITE,
  limit,
  metrics: ['pageviews'],
  dimensions: ['page'],
  filters: [['is', 'country', ['SE']]],
  period: '30d',
})

const eventOf = (number: number, time: number, perDay: number) => ({
  id: `e${number}`,
  name: 'page_view',
  ip: addressOf(Math.floor(number / 2.5) % perDay),
  user_agent: agentOf(Math.floor(number / 2.5)),
  time,
  url: `https://${SITE}/articles/${number % PAGES}`,
  referrer: number % 5 === 0 ? 'https://www.bing.com/' : undefined,
  country: COUNTRIES[Math.floor(number / 5) % COUNTRIES.length],
  engaged_seconds: 20,
})

/**
 * Fills the last days, the oldest first, and runs the cron after each.
 * @returns milliseconds that the isolate was busy with the busiest run of the cron
 */
const fill = async ({ post, profile, cron }: ProfiledCollector, perDay: Size): Promise<number> => {
  const days = DAYS[perDay]
  await post('/api/v1/sites', { domain: SITE, timezone: 'UTC', currency: 'EUR' })
  const total = perDay * days
  const begin = Date.now() - days * DAY
  let busiest = 0
  for (let from = 0; from < total; from += EVENTS_PER_CALL) {
    const count = Math.min(EVENTS_PER_CALL, total - from)
    const numbers = Array.from({ length: count }, (_, index) => from + index)
    const events = numbers.map(number => eventOf(number, begin + Math.floor((number * DAY) / perDay), perDay))
    await post(`/api/v1/events?site=${SITE}`, { events })
    if ((from + count) % perDay === 0) busiest = Math.max(busiest, await profile.busyWhile(cron))
  }
  // The rollups of the last days take several runs.
  for (let run = 0; run < 10; run++) busiest = Math.max(busiest, await profile.busyWhile(cron))
  return busiest
}

const rowsOf = (answer: unknown): number => {
  const answers = (Array.isArray(answer) ? answer : [answer]) as { meta?: { rows_read: number } }[]
  return answers.reduce((sum, { meta }) => sum + (meta?.rows_read ?? 0), 0)
}

/**
 * The cost of a request: of the first in its isolate, and of later ones.
 * @param send gets a different number each time, because the same question could be answered from the cache
 */
const costOf = async (
  { profile }: ProfiledCollector,
  send: (number: number) => Promise<unknown>,
): Promise<RequestCost> => {
  const first = await profile.busyWhile(() => send(MOST_ROWS))
  const [times, busy, rows]: [number[], number[], number[]] = [[], [], []]
  for (let load = 0; load < LOADS; load++) {
    const begin = performance.now()
    rows.push(rowsOf(await send(MOST_ROWS - 2 * load - 1)))
    times.push(performance.now() - begin)
    busy.push(await profile.busyWhile(() => send(MOST_ROWS - 2 * load - 2)))
  }
  const rowsRead = Math.max(...rows)
  return { firstCpuMs: first, cpuMs: median(busy), ms: median(times), ...(rowsRead > 0 && { rowsRead }) }
}

const beaconCost = async ({ profile, beacon }: ProfiledCollector): Promise<RequestCost> => {
  let number = Date.now() % 1_000_000_000
  const send = () => beacon(++number)
  const sendAll = async (): Promise<void> => {
    for (let count = 0; count < WARM; count++) await send()
  }
  const first = await profile.busyWhile(send)
  await sendAll()
  return { firstCpuMs: first, cpuMs: (await profile.busyWhile(sendAll)) / WARM }
}

const measureSize = (size: Size): Promise<Figures> =>
  inFolder(async folder => {
    const inIsolate = await isolatesOn(folder)
    const busiest = await inIsolate(collector => fill(collector, size))
    const query = (body: (limit: number) => unknown) =>
      inIsolate(collector => costOf(collector, limit => collector.post('/api/v1/query', body(limit))))
    return requestFigures(size, {
      beacon: await inIsolate(beaconCost),
      overview: await query(overview),
      two_days: await query(twoDays),
      filtered_pages: await query(pagesOfCountry),
      catalogue: await inIsolate(one => costOf(one, () => one.get(`/api/v1/metrics?site=${SITE}`))),
      idle_cron: await inIsolate(one => costOf(one, one.cron)),
      busiest_cron: { cpuMs: busiest },
    })
  })

/** Measures the cost of each request on sites of three sizes. */
export const measureRequests = async (say: Say): Promise<Figures> => {
  const figures: Record<string, number> = {}
  for (const size of SIZES) {
    Object.assign(figures, await measureSize(size))
    say(`measured requests at ${size} page views a day`)
  }
  return figures
}
