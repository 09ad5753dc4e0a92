import { textNumber } from './compactMap.ts'

/** Bits, a power of two: 2 MiB count some ten million texts within a tenth of a percent. */
const BITS = 2 ** 24

/** Texts up to this number are counted exactly. */
const MOST_EXACT = 20_000

/**
 * Counts different texts in bounded memory: the first ones exactly, more of them by linear counting.
 * @see https://doi.org/10.1145/78922.78925
 */
export class DistinctCount {
  /** Numbers of texts: a text itself can be a part of a larger one and would keep that in memory. */
  readonly #seen = new Set<number>()
  #bits: Uint32Array | null = null
  #set = 0

  add(text: string): void {
    const number = textNumber(text)
    if (this.#bits === null) {
      this.#seen.add(number)
      if (this.#seen.size <= MOST_EXACT) return
      this.#bits = new Uint32Array(BITS / 32)
      for (const one of this.#seen) this.#mark(this.#bits, one)
      this.#seen.clear()
    } else this.#mark(this.#bits, number)
  }

  #mark(bits: Uint32Array, number: number): void {
    const bit = number % BITS
    const before = bits[bit >>> 5] ?? 0
    const after = before | (1 << (bit & 31))
    if (after >>> 0 === before) return
    bits[bit >>> 5] = after
    this.#set++
  }

  get isExact(): boolean {
    return this.#bits === null
  }

  get size(): number {
    if (this.#bits === null) return this.#seen.size
    return Math.round(-BITS * Math.log(Math.max(BITS - this.#set, 1) / BITS))
  }
}
