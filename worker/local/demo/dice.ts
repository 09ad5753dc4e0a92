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

/** Chance, the same each time for one seed. */
export class Dice {
  readonly #random: () => number

  constructor(seed: number) {
    this.#random = randomFrom(seed)
  }

  /** Whether something of this probability happens. */
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

  /** Positive, half of the time below the median, seldom far above it, as times and amounts are. */
  around(median: number, spread = 0.7): number {
    const bell = this.#random() + this.#random() + this.#random() + this.#random() - 2
    return median * Math.exp(bell * spread * Math.sqrt(3))
  }

  /** One of a list, by the weights that go with it. */
  pick<T>(list: readonly T[], weight: (one: T) => number = () => 1): T {
    let left = this.#random() * list.reduce((sum, one) => sum + weight(one), 0)
    const found = list.find(one => {
      left -= weight(one)
      return left < 0
    })
    return found ?? (list.at(-1) as T)
  }
}
