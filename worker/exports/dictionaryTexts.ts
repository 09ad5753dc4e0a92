import { DICTIONARY_NAMES, DICTIONARY_STATEMENTS } from '../storage/assembled/dictionaryStatements'
import { jsonChunks } from '../storage/chunks'
import { type Database, statement } from '../storage/database'
import type { DictionaryName } from '../storage/dictionaryName'

type Entry = Readonly<Record<string, string | number>>

/** Entries of one dictionary that are held: bounds the memory. */
const MOST_KNOWN = 20_000

/** The ids of a page of rows, by dictionary. */
export type DictionaryReferences = Readonly<Record<DictionaryName, ReadonlySet<number>>>

/** Entries of dictionaries by their ids, each read once. */
export class DictionaryTexts {
  readonly #db: Database
  readonly #known = new Map<DictionaryName, Map<number, Entry>>(DICTIONARY_NAMES.map(name => [name, new Map()]))

  constructor(db: Database) {
    this.#db = db
  }

  #of(dictionary: DictionaryName): Map<number, Entry> {
    return this.#known.get(dictionary) as Map<number, Entry>
  }

  /** Reads entries in one round trip, before `text` is asked for them. */
  async prepare(references: DictionaryReferences): Promise<void> {
    const reads = DICTIONARY_NAMES.flatMap(name => {
      const known = this.#of(name)
      if (known.size > MOST_KNOWN) known.clear()
      const missing = [...references[name]].filter(id => !known.has(id))
      return jsonChunks(missing).map(chunk => ({
        name,
        sql: statement(DICTIONARY_STATEMENTS[name].selectByIds, chunk),
      }))
    })
    if (reads.length === 0) return
    const results = await this.#db.batch<Entry>(reads.map(({ sql }) => sql))
    for (const [index, { name }] of reads.entries()) {
      for (const row of results[index]?.rows ?? []) this.#of(name).set(Number(row.id), row)
    }
  }

  /** A column of an entry, `null` where it is unknown. */
  text(dictionary: DictionaryName, id: unknown, column: string): string | null {
    if (id === null || id === undefined) return null
    return String(this.#of(dictionary).get(Number(id))?.[column] ?? '') || null
  }
}
