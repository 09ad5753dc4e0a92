import { type Fields, text } from '../collect/parse/fields'
import { isoTime } from '../collect/parse/isoTime'
import { Problem } from '../lib/problem'

/**
 * Epoch milliseconds, `null` for what does not expire.
 * @throws Problem `bad_expiry`
 */
export const expiryOf = (body: Fields): number | null => {
  const given = text(body, 'expires', 40)
  if (given === null) return null
  const time = isoTime(given)
  if (time > Date.now()) return time
  throw new Problem(400, 'bad_expiry', '"expires" must be a future time with its time zone, like 2027-01-31T12:00:00Z.')
}
