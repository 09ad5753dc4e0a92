import { asUtc, dateFormat } from './dateFormat'

/** @example dayText('2026-01-31') // 'Jan 31, 2026' */
export const dayText = (day: string): string =>
  dateFormat({ day: 'numeric', month: 'short', year: 'numeric' }).format(asUtc(day))
