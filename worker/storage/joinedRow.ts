import { DAY_NUMBERS } from '../../shared/imports'
import type { ImportRow } from './importRow'

/**
 * Rows of imported days as one. A number that one of them lacks is unknown.
 * @param rows at least one
 */
export const joinedRow = (rows: readonly ImportRow[]): ImportRow => {
  const known = DAY_NUMBERS.filter(({ name }) => rows.every(({ numbers }) => name in numbers))
  const sums = known.map(({ name }) => [name, rows.reduce((sum, { numbers }) => sum + Number(numbers[name]), 0)])
  return { ...(rows[0] as ImportRow), numbers: Object.fromEntries(sums) }
}
