import { jsonChunks } from './chunks'
import devicesInsert from './sql/devices.insert.sql'
import devicesSelect from './sql/devices.select.sql'
import namesInsert from './sql/names.insert.sql'
import namesSelect from './sql/names.select.sql'
import pagesInsert from './sql/pages.insert.sql'
import pagesSelect from './sql/pages.select.sql'
import placesInsert from './sql/places.insert.sql'
import placesSelect from './sql/places.select.sql'
import sourcesInsert from './sql/sources.insert.sql'
import sourcesSelect from './sql/sources.select.sql'
import { writeBatch } from './write'

/** The tables of repeated strings. A row of one is the list of its texts, in the order of its columns. */
const TABLES = {
  pages: { insert: pagesInsert, select: pagesSelect },
  sources: { insert: sourcesInsert, select: sourcesSelect },
  places: { insert: placesInsert, select: placesSelect },
  devices: { insert: devicesInsert, select: devicesSelect },
  names: { insert: namesInsert, select: namesSelect },
} as const

export type DictionaryName = keyof typeof TABLES
export type Texts = readonly string[]

/** Ids never change and are never used again, so an isolate may remember them. */
const known = new Map<string, number>()
const REMEMBERED = 50_000

const keyOf = (site: number, table: DictionaryName, texts: Texts): string => `${site}\n${table}\n${texts.join('\n')}`

/** Gathers the texts of a batch, then knows their ids. */
export class Dictionaries {
  readonly #db: D1Database
  readonly #site: number
  readonly #missing = new Map<DictionaryName, Map<string, Texts>>()

  constructor(db: D1Database, site: number) {
    this.#db = db
    this.#site = site
  }

  /** Says that the id of these texts will be asked for. */
  want(table: DictionaryName, texts: Texts | null): void {
    if (!texts) return
    const key = keyOf(this.#site, table, texts)
    if (known.has(key)) return
    const rows = this.#missing.get(table) ?? new Map<string, Texts>()
    this.#missing.set(table, rows.set(key, texts))
  }

  /** One round trip for everything that is not known yet, none when all is. */
  async resolve(): Promise<void> {
    if (this.#missing.size === 0) return
    if (known.size > REMEMBERED) known.clear()
    const statements: D1PreparedStatement[] = []
    const asked: Texts[][] = []
    const tables: DictionaryName[] = []
    for (const [table, rows] of this.#missing) {
      for (const chunk of jsonChunks([...rows.values()])) {
        statements.push(
          this.#db.prepare(TABLES[table].insert).bind(this.#site, chunk),
          this.#db.prepare(TABLES[table].select).bind(this.#site, chunk),
        )
        asked.push(JSON.parse(chunk))
        tables.push(table)
      }
    }
    const results = await writeBatch(this.#db, statements)
    for (const [index, table] of tables.entries()) {
      for (const row of results[index * 2 + 1]?.results ?? []) {
        const texts = asked[index]?.[Number(row.position)]
        if (texts) known.set(keyOf(this.#site, table, texts), Number(row.id))
      }
    }
    this.#missing.clear()
  }

  /** The id of texts that were wanted, `null` for none. */
  id(table: DictionaryName, texts: Texts | null): number | null {
    if (!texts) return null
    const id = known.get(keyOf(this.#site, table, texts))
    if (id === undefined) throw new Error(`no id in ${table} for texts that were not wanted`)
    return id
  }
}
