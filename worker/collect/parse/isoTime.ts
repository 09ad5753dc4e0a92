import { parseDay } from '../../lib/calendar'

const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/i

/**
 * The time of an ISO 8601 text with its zone, epoch milliseconds; NaN of anything else.
 * @example isoTime('2026-01-31T12:00:00Z') // 1769860800000
 */
export const isoTime = (text: string): number =>
  // Date.parse takes February 30th for March 2nd.
  ISO.test(text) && parseDay(text.slice(0, 10)) !== null ? Date.parse(text) : Number.NaN
