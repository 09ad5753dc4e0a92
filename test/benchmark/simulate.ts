import { randomFrom, zipf } from './random.ts'

/** One beacon of the simulated site: the beginning of a page view, or its totals on leaving the page. */
export interface SimulatedRecord {
  /** When it is sent, epoch milliseconds. */
  readonly sent: number
  /** When the page view began. */
  readonly time: number
  readonly id: number
  readonly visitor: number
  readonly path: number
  /** Index of the referrer of the session's first page, -1 for none. */
  readonly source: number
  readonly country: number
  readonly agent: number
  readonly left: boolean
  /** Visible milliseconds. */
  readonly seen: number
  readonly depth: number
  readonly clicks: number
}

export interface Site {
  readonly paths: number
  readonly sources: number
  readonly countries: number
  readonly agents: number
  readonly pagesPerSession: number
  readonly days: number
}

/** A content site, measured by `npm run bench`. */
export const CONTENT_SITE: Site = {
  paths: 500,
  sources: 100,
  countries: 60,
  agents: 40,
  pagesPerSession: 2.5,
  days: 30,
}

const DAY = 86_400_000

/** Share of a day's sessions that begin in each hour: quiet nights, busy evenings. */
const HOURS = [2, 1, 1, 1, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 6, 7, 8, 8, 6, 4, 3]
const HOURS_SUM = HOURS.reduce((sum, share) => sum + share, 0)

const hourOf = (random: () => number): number => {
  let left = random() * HOURS_SUM
  return HOURS.findIndex(share => {
    left -= share
    return left < 0
  })
}

/**
 * The share of a day's sessions that begin within its first part.
 * @param passed milliseconds
 */
export const partBefore = (passed: number): number => {
  const hours = passed / 3_600_000
  const shares = HOURS.map((share, hour) => share * Math.min(Math.max(hours - hour, 0), 1))
  return shares.reduce((sum, share) => sum + share, 0) / HOURS_SUM
}

/**
 * The records of one day in sending order. A session's pages follow each other after
 * the visible time of the previous one; every page is left once.
 * @param pageviews of the whole period
 */
export const simulateDay = (site: Site, pageviews: number, start: number, day: number): SimulatedRecord[] => {
  const random = randomFrom(1_000_003 * (day + 1))
  const path = zipf(site.paths, random)
  const source = zipf(site.sources, random)
  const records: SimulatedRecord[] = []
  const sessions = Math.round(pageviews / site.days / site.pagesPerSession)
  for (let session = 0; session < sessions; session++) {
    // A fifth of the sessions belong to a visitor who was already there that day.
    const visitor = random() < 0.8 ? session : Math.floor(random() * sessions)
    const fixed = {
      visitor,
      source: random() < 0.3 ? -1 : source(),
      country: Math.floor(random() ** 2 * site.countries),
      agent: visitor % site.agents,
    }
    let time = start + day * DAY + hourOf(random) * 3_600_000 + Math.floor(random() * 3_600_000)
    do {
      const seen = Math.min(
        Math.round(Math.exp(Math.log(20_000) + (random() + random() + random() - 1.5) * 2)),
        1_200_000,
      )
      const view = { time, id: Math.floor(random() * 2 ** 31), path: path(), ...fixed }
      const depth = 10 + Math.floor(random() * 91)
      const clicks = Math.floor(random() * 3)
      records.push({ ...view, sent: time, left: false, seen: 0, depth: 0, clicks: 0 })
      records.push({ ...view, sent: time + seen, left: true, seen, depth, clicks })
      time += seen + Math.floor(random() * 2000)
    } while (random() > 1 / site.pagesPerSession)
  }
  return records.sort((a, b) => a.sent - b.sent)
}

/** How long after its day a record can still be sent: sessions end at some time. */
const LATEST = 1

const made = new Map<string, readonly SimulatedRecord[]>()

const dayOnce = (site: Site, pageviews: number, start: number, day: number): readonly SimulatedRecord[] => {
  const key = `${pageviews}/${start}/${day}`
  const records = made.get(key) ?? simulateDay(site, pageviews, start, day)
  // Each day is generated in parts, together with the previous day.
  for (const old of made.keys()) if (made.size > LATEST + 1) made.delete(old)
  made.set(key, records)
  return records
}

/** How busy a day is, as the page views of a whole period of such days. The first day is 0. */
export type Pace = (day: number) => number

/** Records sent in [from, to), in that order: sessions of a day may go on in the next. */
export const recordsBetween = (
  site: Site,
  pace: Pace,
  start: number,
  from: number,
  to: number,
): readonly SimulatedRecord[] => {
  const last = Math.floor((to - 1 - start) / DAY)
  const first = Math.max(0, Math.floor((from - start) / DAY) - LATEST)
  const days = Array.from({ length: last - first + 1 }, (_, index) =>
    dayOnce(site, pace(first + index), start, first + index),
  )
  return days
    .flatMap(records => records.filter(({ sent }) => sent >= from && sent < to))
    .sort((a, b) => a.sent - b.sent)
}
