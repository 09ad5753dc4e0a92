import { OVERVIEW_CARDS } from '../../../worker/dashboard/overviewCards.ts'
import { type Figures, median } from '../figures.ts'
import { inFolder } from '../folders.ts'
import { isolatesOn, type ProfiledCollector, SITE } from '../profiledCollector.ts'

/** Page views of the last day, as of a site of that many a day. */
const PAGE_VIEWS = 1000
const ISOLATES = 5
const WARM = 50
const DAY = 86_400_000

const eventOf = (number: number) => ({
  id: `e${number}`,
  name: 'page_view',
  visitor_id: `v${Math.floor(number / 2.5)}`,
  time: Date.now() - Math.floor(((number + 1) * DAY) / PAGE_VIEWS),
  url: `https://${SITE}/articles/${number % 50}`,
  engaged_seconds: 20,
})

const fill = async ({ post, cron }: ProfiledCollector): Promise<void> => {
  await post('/api/v1/sites', { domain: SITE, timezone: 'Europe/Stockholm', currency: 'EUR' })
  const events = Array.from({ length: PAGE_VIEWS }, (_, number) => eventOf(number))
  await post(`/api/v1/events?site=${SITE}`, { events })
  await cron()
}

const CARDS = { site: SITE, metrics: OVERVIEW_CARDS, period: '30d', compare: 'previous_period' }

const measureIsolate = async ({ profile, post, beacon, cron }: ProfiledCollector, from: number): Promise<Figures> => {
  const first = await profile.busyWhile(() => beacon(from))
  const firstQuery = await profile.busyWhile(() => post('/api/v1/query', CARDS))
  const firstCron = await profile.busyWhile(cron)
  const beacons = async (): Promise<void> => {
    for (let number = 1; number <= WARM; number++) await beacon(from + number)
  }
  await beacons()
  return {
    cpu_ms_first_beacon: first,
    cpu_ms_warm_beacon: (await profile.busyWhile(beacons)) / WARM,
    cpu_ms_first_query: firstQuery,
    cpu_ms_warm_query: await profile.busyWhile(() => post('/api/v1/query', CARDS)),
    cpu_ms_first_cron: firstCron,
    cpu_ms_warm_cron: await profile.busyWhile(cron),
  }
}

/**
 * The processor's time of one invocation, by a profile of the isolate: of a site of 1,000 page views a day, the first of
 * its kind in an isolate and a later one. Medians of several isolates.
 */
export const measureCpu = (): Promise<Figures> =>
  inFolder(async dataDir => {
    const inIsolate = await isolatesOn(dataDir)
    await inIsolate(fill)
    const found: Figures[] = []
    for (let n = 1; n <= ISOLATES; n++) found.push(await inIsolate(one => measureIsolate(one, n * 10_000)))
    const names = Object.keys(found[0] ?? {})
    return Object.fromEntries(names.map(name => [name, median(found.map(one => one[name] ?? 0))]))
  })
