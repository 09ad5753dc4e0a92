/** A repeatable source of numbers from 0 up to 1: mulberry32. */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Random choices that repeat exactly for one seed. */
export class Dice {
  readonly #random: () => number

  constructor(seed: number) {
    this.#random = randomFrom(seed)
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.#random() < probability
  }

  /** From `low` up to `high`. */
  between(low: number, high: number): number {
    return low + this.#random() * (high - low)
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1))
  }

  /** A whole number from 0 up with this mean: most draws are small, a few are large. */
  count(mean: number): number {
    let count = 0
    while (this.chance(mean / (1 + mean))) count++
    return count
  }

  /** Positive and skewed like real times and amounts: half the draws lie below the median, a few far above. */
  around(median: number, spread = 0.7): number {
    const bell = this.#random() + this.#random() + this.#random() + this.#random() - 2
    return median * Math.exp(bell * spread * Math.sqrt(3))
  }

  /** One entry of a list, picked by weight. */
  pick<T>(list: readonly T[], weight: (one: T) => number = () => 1): T {
    let left = this.#random() * list.reduce((sum, one) => sum + weight(one), 0)
    const found = list.find(one => {
      left -= weight(one)
      return left < 0
    })
    return found ?? (list.at(-1) as T)
  }

  /** One entry of `[value, weight]` pairs, picked by weight. */
  weighted<T>(pairs: readonly (readonly [T, number])[]): T {
    return this.pick(pairs, ([, weight]) => weight)[0]
  }
}
