import { asUtc, dateFormat } from './dateFormat'

const RANGE: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' }

/**
 * Formats the days of a period.
 * @example rangeText({ from: '2026-01-01', to: '2026-01-31' }) // 'Jan 1 – 31, 2026'
 */
export const rangeText = ({ from, to }: { readonly from: string; readonly to: string }): string =>
  dateFormat(RANGE).formatRange(asUtc(from), asUtc(to))
