/** Slots of an empty map, a power of two. */
const SLOTS = 1024

/** How full a map may get: beyond it, looking for a slot takes long. */
const FULLEST = 0.6

/** Two 32-bit hashes of a string. Two strings share both with a probability of about 1 in 10^19. */
const hashesOf = (text: string): readonly [number, number] => {
  let one = 0x811c9dc5
  let other = 0x9747b28c
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    one = Math.imul(one ^ code, 0x01000193)
    other = Math.imul(other ^ code, 0x5bd1e995)
    other ^= other >>> 15
  }
  one ^= one >>> 16
  return [Math.imul(one, 0x85ebca6b) >>> 0, other >>> 0]
}

/** A number from 0 to 2^32 - 1 that stands for a text. */
export const textHash = (text: string): number => hashesOf(text)[1]

/** A number below 2^52 that stands for a text. */
export const textNumber = (text: string): number => {
  const [one, other] = hashesOf(text)
  return (one % 2 ** 20) * 2 ** 32 + other
}

/** Sixteen hexadecimal digits that stand for a text. */
export const textId = (text: string): string =>
  hashesOf(text)
    .map(hash => hash.toString(16).padStart(8, '0'))
    .join('')

/**
 * Whole numbers from 0 by text, in 12 bytes a slot: millions of ids fit where a `Map` of texts would take hundreds of
 * megabytes. The texts themselves are not kept.
 */
export class CompactMap {
  #slots = SLOTS
  #size = 0
  #keys = new Uint32Array(2 * SLOTS)
  /** The value plus one; 0 is an empty slot. */
  #values = new Uint32Array(SLOTS)

  get(text: string): number | undefined {
    const [one, other] = hashesOf(text)
    const value = this.#values[this.#slotOf(one, other)] ?? 0
    return value === 0 ? undefined : value - 1
  }

  set(text: string, value: number): void {
    if (this.#size >= this.#slots * FULLEST) this.#grow()
    const [one, other] = hashesOf(text)
    const slot = this.#slotOf(one, other)
    if (this.#values[slot] === 0) this.#size++
    this.#put(slot, one, other, value + 1)
  }

  #put(slot: number, one: number, other: number, value: number): void {
    this.#keys[2 * slot] = one
    this.#keys[2 * slot + 1] = other
    this.#values[slot] = value
  }

  /** The slot that has the key, or the empty one where it belongs. */
  #slotOf(one: number, other: number): number {
    const last = this.#slots - 1
    let slot = one & last
    while (this.#values[slot] !== 0 && (this.#keys[2 * slot] !== one || this.#keys[2 * slot + 1] !== other))
      slot = (slot + 1) & last
    return slot
  }

  #grow(): void {
    const keys = this.#keys
    const values = this.#values
    this.#slots *= 2
    this.#keys = new Uint32Array(2 * this.#slots)
    this.#values = new Uint32Array(this.#slots)
    for (const [slot, value] of values.entries()) {
      if (value === 0) continue
      const one = keys[2 * slot] ?? 0
      const other = keys[2 * slot + 1] ?? 0
      this.#put(this.#slotOf(one, other), one, other, value)
    }
  }
}
