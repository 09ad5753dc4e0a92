import { HOUR } from '../../../shared/time'

/**
 * The beginning of an hour in words.
 * @param hour hours since 1970
 */
export const hourText = (hour: number, zone: string): string =>
  new Intl.DateTimeFormat('en', { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' }).format(hour * HOUR)
