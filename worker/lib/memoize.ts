/** An isolate sees the same few hundred User-Agents and languages again and again. */
const MOST = 500

/**
 * A function that keeps what it made of texts, in the memory of this isolate and nowhere else. Of more texts than
 * are kept, those that came first are made anew.
 * @example const isOld = remembering(text => /slow/.test(text))
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

/** Whether an address says no more than a place: a query or a fragment can hold a token or a name. */
export const isPlain = (address: string): boolean => !/[?#]/.test(address)

/** As `remembering`, of addresses: one that is not plain is made anew each time, and kept nowhere. */
export const memoizePlain = <T>(make: (address: string) => T): ((address: string) => T) => {
  const made = memoize(make)
  return address => (isPlain(address) ? made(address) : make(address))
}
