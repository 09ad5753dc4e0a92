import { fillSelect } from './fillSelect'

/**
 * Fills a list with every time zone.
 * @param chosen the reader's own by default
 */
export const fillTimeZones = (
  select: HTMLSelectElement,
  chosen = Intl.DateTimeFormat().resolvedOptions().timeZone,
): void => fillSelect(select, ['UTC', ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC')], chosen)
