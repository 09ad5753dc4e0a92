import { type Fields, text } from '../collect/parse/fields'
import { isoTime } from '../collect/parse/isoTime'
import { parseDay, startOfDay } from '../lib/calendar'
import { Problem } from '../lib/problem'

/** The end of a day in a time zone, or a time; NaN of anything else. */
const timeOf = (given: string, timezone: string | null): number => {
  const day = timezone === null ? null : parseDay(given)
  return day === null || timezone === null ? isoTime(given) : startOfDay(day + 1, timezone)
}

/**
 * Epoch milliseconds, `null` for what does not expire.
 * @param timezone of days; without one, only a time is valid
 * @throws Problem `bad_expiry`
 */
export const expiryOf = (body: Fields, timezone: string | null = null): number | null => {
  const given = text(body, 'expires', 40)
  if (given === null) return null
  const time = timeOf(given, timezone)
  if (time > Date.now()) return time
  const day = timezone === null ? '' : ', or a day like 2027-01-31'
  throw new Problem(
    400,
    'bad_expiry',
    `"expires" must be a future time with its time zone, like 2027-01-31T12:00:00Z${day}.`,
  )
}
