import type { FalseAlarmRate } from '../../../shared/settings'
import { DAY, HOUR } from '../../../shared/time'
import { offsetAt } from '../../lib/calendar'
import { couldTell, isSilent, type Stretch } from './silence'

/** The lengths of stretches that are looked at, hours: the shortest that can tell. */
const STRETCHES = [1, 3, 6, 12, 24]

const WEEKS = 8

/** Page views that one look may read. */
const MOST_VIEWS = 50_000

/** The same hour of the week, some weeks before, whatever the clocks did since. */
export const hourWeeksBefore = (hour: number, weeks: number, zone: string): number => {
  const then = hour * HOUR - weeks * 7 * DAY
  return Math.floor((then + offsetAt(hour * HOUR, zone) - offsetAt(then, zone)) / HOUR)
}

type ReadViews = (hours: readonly number[]) => Promise<ReadonlyMap<number, number>>

const stretchOf = async (last: number, length: number, zone: string, read: ReadViews): Promise<Stretch> => {
  const hours = Array.from({ length }, (_, n) => last - n)
  const weeks = Array.from({ length: WEEKS + 1 }, (_, week) => hours.map(hour => hourWeeksBefore(hour, week, zone)))
  const views = await read(weeks.flat())
  const [now = 0, ...past] = weeks.map(week => week.reduce((sum, hour) => sum + (views.get(hour) ?? 0), 0))
  return { views: now, past }
}

/**
 * Whether tracking is silent as of an hour that is over. `null` if the site is too new or too quiet to tell.
 * @param read page views of hours
 */
export const silentHours = async (
  last: number,
  zone: string,
  rate: FalseAlarmRate,
  read: ReadViews,
): Promise<boolean | null> => {
  let perHour = 0
  for (const length of STRETCHES) {
    if (perHour * length > MOST_VIEWS) return null
    const stretch = await stretchOf(last, length, zone, read)
    if (couldTell(stretch, rate)) return isSilent(stretch, rate)
    perHour = stretch.past.reduce((sum, views) => sum + views, stretch.views) / length
  }
  return null
}
