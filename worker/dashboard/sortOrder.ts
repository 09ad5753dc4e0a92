/** The column that a table is sorted by. */
export interface SortOrder {
  readonly by: string
  readonly direction: 'asc' | 'desc'
}

const ASCENDING = '.asc'

/**
 * Reads an order from an address; `null` if it names no column.
 * @example sortOrderOf('visitors.asc', ['page', 'visitors']) // { by: 'visitors', direction: 'asc' }
 */
export const sortOrderOf = (text: string | undefined, columns: readonly string[]): SortOrder | null => {
  const isAscending = text?.endsWith(ASCENDING)
  const by = columns.find(id => id === (isAscending ? text?.slice(0, -ASCENDING.length) : text))
  return by === undefined ? null : { by, direction: isAscending ? 'asc' : 'desc' }
}

/** Formats an order for an address. */
export const sortOrderText = ({ by, direction }: SortOrder): string => (direction === 'asc' ? `${by}${ASCENDING}` : by)
