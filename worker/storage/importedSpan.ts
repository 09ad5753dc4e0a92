import type { ImportRow } from './importRow'
import type { ImportedSpan } from './siteConfig'

/**
 * From the first to the last day of rows, of which there is at least one.
 * @param source the tool that counted them, '' if unknown
 */
export const importedSpan = (rows: readonly ImportRow[], source: string): ImportedSpan => {
  const days = rows.map(({ day }) => day)
  const first = days.reduce((one, other) => Math.min(one, other))
  return { firstDay: first, lastDay: days.reduce((one, other) => Math.max(one, other)), source }
}
