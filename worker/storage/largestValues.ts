import { LIMITS } from '../../shared/limits'
import type { ImportRow } from './importRow'
import { joinedRow } from './joinedRow'

const OTHER = '(other)'

/** By what rows are compared: the first number that a row has. */
const sizeOf = ({ numbers }: ImportRow): number =>
  numbers.visitors ?? numbers.sessions ?? numbers.pageviews ?? numbers.events ?? 0

const isOther = ({ texts }: ImportRow): boolean => texts.value === OTHER

/** The rest as one row. */
const together = (rows: readonly ImportRow[]): ImportRow => {
  const row = joinedRow(rows)
  return { ...row, texts: { ...row.texts, value: OTHER } }
}

const largestOf = (rows: readonly ImportRow[]): readonly ImportRow[] => {
  const values = rows.filter(row => !isOther(row))
  if (values.length <= LIMITS.valuesPerImportedDay) return rows
  const sorted = values.toSorted((one, other) => sizeOf(other) - sizeOf(one))
  const rest = [...sorted.slice(LIMITS.valuesPerImportedDay), ...rows.filter(isOther)]
  return [...sorted.slice(0, LIMITS.valuesPerImportedDay), together(rest)]
}

/** Of each day and dimension the largest values; the others become "(other)". */
export const largestValues = (rows: readonly ImportRow[]): ImportRow[] =>
  [...Map.groupBy(rows, ({ day, texts }) => `${day} ${texts.dimension}`).values()].flatMap(largestOf)
