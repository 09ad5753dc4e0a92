/** Which measures to read of a range of days or hours, the last one included. */
export interface KeyedRange {
  readonly dimension: string
  readonly first: number
  readonly last: number
  /** Of measures. */
  readonly keys: readonly string[]
}

const divided = (ranges: readonly KeyedRange[]): KeyedRange[] => {
  const bounds = [...new Set(ranges.flatMap(({ first, last }) => [first, last + 1]))].sort((one, other) => one - other)
  return bounds.slice(0, -1).flatMap((first, index) => {
    const last = (bounds[index + 1] ?? first) - 1
    const own = ranges.filter(range => range.first <= first && last <= range.last)
    const [{ dimension } = { dimension: '' }] = own
    return own.length > 0 ? [{ dimension, first, last, keys: [...new Set(own.flatMap(({ keys }) => keys))] }] : []
  })
}

/** Divides ranges so that none overlap, because a row in two ranges would be read twice. */
export const disjointRanges = (ranges: readonly KeyedRange[]): KeyedRange[] =>
  [...Map.groupBy(ranges, ({ dimension }) => dimension).values()].flatMap(divided)
