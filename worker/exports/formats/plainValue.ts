import { formatDay } from '../../lib/calendar'
import type { ExportColumn, ExportValue } from '../exportColumn'

/** A value as text formats show it: times in ISO 8601. */
export const plainValue = ({ type }: ExportColumn, value: ExportValue): ExportValue => {
  if (typeof value !== 'number') return value
  if (type === 'time') return new Date(value).toISOString()
  return type === 'day' ? formatDay(value) : value
}
