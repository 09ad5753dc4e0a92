import type { DictionaryEntry } from './dictionaryName'

/** Characters: bounds the memory, whatever values are sent. */
const MOST_CHARACTERS = 4_000_000

/** Ids of dictionary values. They never change and are never used again. */
export class DictionaryIds {
  readonly #ids = new Map<string, number>()
  /**
   * By the entries themselves: one that ingest uses again needs no key. An entry is of one dictionary and is released
   * with whoever holds it.
   */
  readonly #ofEntries = new WeakMap<DictionaryEntry, { readonly site: number; readonly id: number }>()
  #characters = 0

  get(key: string): number | undefined {
    return this.#ids.get(key)
  }

  set(key: string, id: number): void {
    if (this.#characters + key.length > MOST_CHARACTERS) {
      this.#ids.clear()
      this.#characters = 0
    }
    this.#ids.set(key, id)
    this.#characters += key.length
  }

  ofEntry(site: number, entry: DictionaryEntry): number | undefined {
    const known = this.#ofEntries.get(entry)
    return known?.site === site ? known.id : undefined
  }

  setOfEntry(site: number, entry: DictionaryEntry, id: number): void {
    this.#ofEntries.set(entry, { site, id })
  }
}
