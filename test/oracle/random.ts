/** A stream of numbers from a seed, so that a failure can be repeated by its seed. */
export interface Random {
  /** From 0 to just under 1. */
  next(): number
  /** A whole number from 0 to just under `n`. */
  below(n: number): number
  shuffle<T>(list: readonly T[]): T[]
}

/** Mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export const randomFrom = (seed: number): Random => {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (n: number) => Math.floor(next() * n)
  const shuffle = <T>(list: readonly T[]): T[] => {
    const shuffled = [...list]
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = below(last + 1)
      const kept = shuffled[last] as T
      shuffled[last] = shuffled[other] as T
      shuffled[other] = kept
    }
    return shuffled
  }
  return { next, below, shuffle }
}
