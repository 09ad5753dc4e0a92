import { HOUR } from '../../shared/time'
import { startOfDay } from '../lib/calendar'

/** The first and the last epoch hour that a local day has a part of. */
export const hoursOfDay = (day: number, zone: string): readonly [first: number, last: number] => [
  Math.floor(startOfDay(day, zone) / HOUR),
  Math.floor((startOfDay(day + 1, zone) - 1) / HOUR),
]
