import { hexOf, hmacKey } from '../lib/hash'

/** Bounds the memory. */
const MOST_KNOWN = 50_000

const encoder = new TextEncoder()

/**
 * Names for people that say nothing of their stored numbers: an HMAC of the number under the site's secret. They link
 * what the stored numbers link and no more: a daily id, whose salt is destroyed, has a pseudonym of its own every day.
 */
export class Pseudonyms {
  readonly #key: Promise<CryptoKey>
  readonly #known = new Map<number, string>()

  constructor(secret: string) {
    this.#key = hmacKey(secret)
  }

  /** Computes those of some people, before `of` is asked for them. */
  async prepare(people: Iterable<number>): Promise<void> {
    if (this.#known.size > MOST_KNOWN) this.#known.clear()
    const key = await this.#key
    const missing = [...new Set(people)].filter(person => !this.#known.has(person))
    const made = await Promise.all(
      missing.map(person => crypto.subtle.sign('HMAC', key, encoder.encode(`export\n${person}`))),
    )
    for (const [index, person] of missing.entries())
      this.#known.set(person, hexOf(new Uint8Array(made[index] as ArrayBuffer, 0, 8)))
  }

  of(person: number): string {
    const known = this.#known.get(person)
    if (known === undefined) throw new Error('A pseudonym was not prepared.')
    return known
  }
}
