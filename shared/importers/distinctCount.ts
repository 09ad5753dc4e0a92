/** Bits, a power of two: 2 MiB count some ten million texts within a tenth of a percent. */
const BITS = 2 ** 24

/** Texts up to this number are counted exactly. */
const MOST_EXACT = 20_000

const mix = (hash: number): number => {
  let mixed = hash ^ (hash >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** FNV-1a with the finalizer of MurmurHash3, so that all bits depend on all characters. */
const hash32 = (text: string): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return mix(hash)
}

/**
 * Counts different texts in bounded memory: the first ones exactly, more of them by linear counting.
 * @see https://doi.org/10.1145/78922.78925
 */
export class DistinctCount {
  readonly #seen = new Set<string>()
  #bits: Uint32Array | null = null
  #set = 0

  add(text: string): void {
    if (this.#bits === null) {
      this.#seen.add(text)
      if (this.#seen.size <= MOST_EXACT) return
      this.#bits = new Uint32Array(BITS / 32)
      for (const one of this.#seen) this.#mark(this.#bits, one)
      this.#seen.clear()
    } else this.#mark(this.#bits, text)
  }

  #mark(bits: Uint32Array, text: string): void {
    const bit = hash32(text) % BITS
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
