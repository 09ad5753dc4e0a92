import type { Answer } from '../../shared/question'

/** A text that a spreadsheet would run as a formula is shown as a text. */
const FORMULA = /^[=+\-@\t\r]/

const cell = (value: string | number | null | undefined): string => {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * The rows of an answer as CSV with a header: a column for the time, one for each dimension, and for
 * each metric its value and everything beside it.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export const csvOf = ({ query, rows }: Answer): string => {
  const metrics = query.metrics as readonly string[]
  const dimensions = query.dimensions as readonly string[]
  const timed = query.granularity !== null
  const compared = query.compare !== null
  const parts = [
    '',
    '_numerator',
    '_denominator',
    '_low',
    '_high',
    '_status',
    '_pending',
    ...(compared ? ['_previous', '_change'] : []),
  ]
  const header = [
    ...(timed ? ['time'] : []),
    ...dimensions,
    ...metrics.flatMap(id => parts.map(part => `${id}${part}`)),
  ]
  const lines = rows.map(row => [
    ...(timed ? [row.time] : []),
    ...dimensions.map(id => row.dimensions?.[id]),
    ...metrics.flatMap(id => {
      const of = row.metrics[id]
      const values = [
        of?.value,
        of?.numerator,
        of?.denominator,
        of?.interval?.[0],
        of?.interval?.[1],
        of?.status,
        of?.pending,
      ]
      return compared ? [...values, of?.previous, of?.change?.value] : values
    }),
  ])
  return [header, ...lines].map(line => `${line.map(cell).join(',')}\r\n`).join('')
}
