/** An isolate sees the same few hundred User-Agents and languages repeatedly. */
const MOST = 500

/**
 * A function that caches its results in the memory of this isolate. Beyond the limit, the oldest result is evicted.
 * @example const isOld = memoize(text => /slow/.test(text))
 */
export const memoize = <T>(make: (text: string) => T, most = MOST): ((text: string) => T) => {
  const made = new Map<string, { readonly value: T }>()
  return text => {
    const known = made.get(text)
    if (known) return known.value
    const value = make(text)
    if (made.size >= most) made.delete(made.keys().next().value as string)
    made.set(text, { value })
    return value
  }
}

/** Whether an address is only a path: a query or a fragment can contain a token or a name. */
export const isPlain = (address: string): boolean => !address.includes('?') && !address.includes('#')

/** Like `memoize`, for addresses. Results for an address that is not plain are never cached. */
export const memoizePlain = <T>(make: (address: string) => T): ((address: string) => T) => {
  const made = memoize(make)
  return address => (isPlain(address) ? made(address) : make(address))
}
