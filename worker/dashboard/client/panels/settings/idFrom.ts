/** Characters, so that a number still fits behind it. */
const LENGTH = 50

/**
 * An id of the letters and digits of a name.
 * @param fallback the id of a name without any
 * @param taken ids of other entries
 * @example idFrom('Free trial', 'funnel', ['free-trial']) // 'free-trial-2'
 */
export const idFrom = (name: string, fallback: string, taken: readonly string[]): string => {
  const id =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .slice(0, LENGTH)
      .replaceAll(/^-|-$/g, '') || fallback
  const isFree = (one: string): boolean => !taken.includes(one)
  return isFree(id) ? id : `${id}-${taken.findIndex((_, n) => isFree(`${id}-${n + 2}`)) + 2}`
}
