/** Texts that are remembered at least. Equal lines stand near each other: they are of the same second. */
const MOST = 20_000

/** Numbers equal texts of an export, in bounded memory. */
export class Occurrences {
  #recent = new Map<string, number>()
  #older = new Map<string, number>()

  /** How many equal texts came before this one. */
  next(text: string): number {
    const before = this.#recent.get(text) ?? this.#older.get(text) ?? 0
    this.#recent.set(text, before + 1)
    if (this.#recent.size >= MOST) {
      this.#older = this.#recent
      this.#recent = new Map()
    }
    return before
  }
}
