import { LIMITS } from '../../../shared/limits'
import { formatDay } from '../../lib/calendar'
import { Problem } from '../../lib/problem'
import type { SiteConfig } from '../../storage/siteConfig'

/**
 * @throws Problem `time_in_future`, `bad_time`
 * @example checkTime(Date.UTC(2014, 0, 7), Date.now())
 */
export const checkTime = (time: number, now: number): void => {
  if (time > now + LIMITS.future)
    throw new Problem(400, 'time_in_future', 'The time is in the future. Check the clock and its time zone.')
  if (time < 0) throw new Problem(400, 'bad_time', 'The time is before 1970.')
}

/** @throws Problem `too_old` */
export const checkAge = (time: number, now: number): void => {
  if (time < now - LIMITS.beaconAge)
    throw new Problem(
      400,
      'too_old',
      'This event is more than 24 hours old. Send it from your server to /api/v1/events.',
    )
}

/**
 * Days whose events were deleted take no new ones.
 * @throws Problem `too_old`
 */
export const checkRetained = (time: number, { keptFrom, keptDay }: SiteConfig): void => {
  if (time < keptFrom)
    throw new Problem(
      400,
      'too_old',
      `The site has deleted its events before ${formatDay(keptDay)}. Send events from that day on.`,
    )
}
