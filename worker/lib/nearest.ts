/** Longer names are cut: that bounds the time. */
const MOST = 60

/** Without case and separators, in which people differ though they mean the same. */
const plain = (text: string): string =>
  text
    .slice(0, MOST)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

/** How many letters must be inserted, removed or replaced. */
const distanceOf = (one: string, other: string): number => {
  let above = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const replaced = (above[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1)
      current.push(Math.min(replaced, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    above = current
  }
  return above[other.length] ?? 0
}

/**
 * The name that was probably meant: one with a third of its letters wrong at most, else the shortest that contains the
 * given one; `null` for none.
 * @example nearest('page_views', ['visitors', 'pageviews']) // 'pageviews'
 */
export const nearest = (given: string, names: readonly string[]): string | null => {
  const wanted = plain(given)
  if (wanted === '') return null
  const byDistance = names
    .map(name => ({ name, distance: distanceOf(wanted, plain(name)) }))
    .filter(({ distance }) => distance <= wanted.length / 3)
    .sort((one, other) => one.distance - other.distance)
  const containing = names
    .filter(name => wanted.length > 2 && plain(name).includes(wanted))
    .sort((one, other) => one.length - other.length)
  return byDistance[0]?.name ?? containing[0] ?? null
}
