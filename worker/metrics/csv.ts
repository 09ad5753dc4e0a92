import type { Answer, MetricValue } from '../../shared/question'
import { metricOf } from './registry'

/** A text that a spreadsheet would run as a formula is shown as a text. */
const FORMULA = /^[=+\-@\t\r]/

const cell = (value: string | number | null | undefined): string => {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A column of a metric: what its name ends with, and what it tells. */
type Column = readonly [suffix: string, of: (value: MetricValue | undefined) => string | number | null | undefined]

const COLUMNS: readonly Column[] = [
  ['', of => of?.value],
  ['_numerator', of => of?.numerator],
  ['_denominator', of => of?.denominator],
  ['_low', of => of?.interval?.[0]],
  ['_high', of => of?.interval?.[1]],
  ['_status', of => of?.status],
  ['_pending', of => of?.pending],
]
const OF_MONEY: readonly Column[] = [['_currency', of => of?.currency]]
const COMPARED: readonly Column[] = [
  ['_previous', of => of?.previous],
  ['_change', of => of?.change?.value],
]

/**
 * The rows of an answer as CSV with a header: a column for the time, one for each dimension, and for
 * each metric its value and everything beside it.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export const csvOf = ({ query, rows }: Answer): string => {
  const dimensions = query.dimensions as readonly string[]
  const timed = query.granularity !== null
  const columns = (query.metrics as readonly string[]).flatMap(id =>
    [...COLUMNS, ...(metricOf(id)?.money ? OF_MONEY : []), ...(query.compare === null ? [] : COMPARED)].map(
      ([suffix, of]) => ({ id, suffix, of }),
    ),
  )
  const header = [...(timed ? ['time'] : []), ...dimensions, ...columns.map(({ id, suffix }) => `${id}${suffix}`)]
  const lines = rows.map(row => [
    ...(timed ? [row.time] : []),
    ...dimensions.map(id => row.dimensions?.[id]),
    ...columns.map(({ id, of }) => of(row.metrics[id])),
  ])
  return [header, ...lines].map(line => `${line.map(cell).join(',')}\r\n`).join('')
}
