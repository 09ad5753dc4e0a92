import { DAY, HOUR } from '../../shared/time'
import type { Site } from '../site'

/** Sessions of the last evening have ended by then. */
const SETTLED_AFTER = HOUR
/** By then a report comes even if its last day is not rolled up: on a site as quiet as that, it reads few events. */
const READ_AFTER = 6 * HOUR
/** A report that is so late is not sent any more: a recipient who is added on a Thursday gets the next one. */
const TOO_LATE_AFTER = 3 * DAY

/** Whether a period has ended long enough ago to report on it, and not too long ago. */
export const isPeriodReady = async (site: Site, endedAt: number, now: number): Promise<boolean> => {
  if (now < endedAt + SETTLED_AFTER || now > endedAt + TOO_LATE_AFTER) return false
  return now >= endedAt + READ_AFTER || (await site.rolledUpUntil()) >= endedAt
}
