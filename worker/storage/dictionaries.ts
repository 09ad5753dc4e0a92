import { type Sender, TEXTS_A_DAY } from '../../shared/limits'
import { DAY } from '../../shared/time'
import { DICTIONARY_STATEMENTS } from './assembled/dictionaryStatements'
import type { CachedDatabase } from './cachedDatabase'
import { jsonChunks } from './chunks'
import { type SqlStatement, statement } from './database'
import type { DictionaryEntry, DictionaryName } from './dictionaryName'
import { OVERFLOW_VALUES } from './overflowValues'
import additionsCount from './sql/additions.count.sql'
import { writeBatch } from './writeBatch'

const keyOf = (site: number, table: DictionaryName, entry: DictionaryEntry): string =>
  `${site}\n${table}\n${entry.join('\n')}`

/** Entries of one dictionary by their keys, as one client sent them. */
interface EntryGroup {
  readonly table: DictionaryName
  /** `null` for a server, and for overflow values. */
  readonly client: number | null
  readonly rows: Map<string, DictionaryEntry>
}

class MissingEntries {
  readonly #groups = new Map<string, EntryGroup>()

  add(table: DictionaryName, client: number | null, key: string, entry: DictionaryEntry): void {
    const name = client === null ? table : `${table}/${client}`
    const group = this.#groups.get(name) ?? { table, client, rows: new Map<string, DictionaryEntry>() }
    group.rows.set(key, entry)
    this.#groups.set(name, group)
  }

  get size(): number {
    return this.#groups.size
  }

  /** By dictionary and client. */
  get groups(): readonly EntryGroup[] {
    return [...this.#groups.values()]
  }
}

/** The statements that add entries to a dictionary, the first of which reports how many are new. */
type Insert = (group: EntryGroup, chunk: string) => SqlStatement[]

/**
 * Interns the entries of a batch: gathers them, then resolves their ids.
 *
 * A site may add a limited number of entries a day, and each client a share of it. Beyond the limit an overflow value
 * "(other)" replaces them, so the order of arrival decides which entries are told apart.
 */
export class Dictionaries {
  readonly #db: CachedDatabase
  readonly #site: number
  readonly #sender: Sender
  readonly #ids = new Map<string, number>()
  /** Each entry is interned once and its id read once: the key is built once. */
  readonly #keys = new Map<DictionaryEntry, string>()
  #missing = new MissingEntries()

  constructor(db: CachedDatabase, site: number, sender: Sender) {
    this.#db = db
    this.#site = site
    this.#sender = sender
  }

  /**
   * Announces an entry whose id will be read.
   * @param client that sent it, `null` for a server
   */
  intern(table: DictionaryName, entry: DictionaryEntry | null, client: number | null): void {
    const { dictionaryIds } = this.#db.caches
    if (!entry || dictionaryIds.ofEntry(this.#site, entry) !== undefined) return
    const key = keyOf(this.#site, table, entry)
    this.#keys.set(entry, key)
    const id = dictionaryIds.get(key)
    if (id === undefined) this.#missing.add(table, client, key, entry)
    else {
      this.#ids.set(key, id)
      dictionaryIds.setOfEntry(this.#site, entry, id)
    }
  }

  /** Whether an entry was interned whose id is not known yet. */
  get isMissing(): boolean {
    return this.#missing.size > 0
  }

  /** Resolves every id that is not known yet in one round trip, two beyond the limit of the day. */
  async resolve(): Promise<void> {
    const missing = this.#missing
    this.#missing = new MissingEntries()
    const ids = await this.#write(missing, (group, chunk) => this.#insertNew(group, chunk))
    const others = new MissingEntries()
    for (const { table, rows } of missing.groups) {
      for (const [key, entry] of rows) {
        const id = ids.get(key)
        if (id === undefined) {
          others.add(table, null, key, entry)
          continue
        }
        this.#db.caches.dictionaryIds.set(key, id)
        this.#ids.set(key, id)
      }
    }
    await this.#resolveOthers(others)
  }

  /** These ids are not cached: tomorrow there is room again. */
  async #resolveOthers(others: MissingEntries): Promise<void> {
    const overflow = new MissingEntries()
    for (const { table, rows } of others.groups) {
      for (const entry of [...rows.values()].flatMap(OVERFLOW_VALUES[table])) {
        overflow.add(table, null, keyOf(this.#site, table, entry), entry)
      }
    }
    const ids = await this.#write(overflow, (group, chunk) => this.#insertOther(group, chunk))
    for (const { table, rows } of others.groups) {
      for (const [key, entry] of rows) {
        const [id] = OVERFLOW_VALUES[table](entry).flatMap(one => ids.get(keyOf(this.#site, table, one)) ?? [])
        if (id !== undefined) this.#ids.set(key, id)
      }
    }
  }

  #insertNew({ table, client }: EntryGroup, chunk: string): SqlStatement[] {
    const sender = this.#sender
    const day = Math.floor(Date.now() / DAY)
    const most = TEXTS_A_DAY[sender][table]
    const share = client === null ? most : this.#db.caches.clientShares.left(this.#site, table, client)
    return [
      statement(DICTIONARY_STATEMENTS[table].insertNew, this.#site, chunk, sender, day, most, share),
      statement(additionsCount, this.#site, table, sender, day),
    ]
  }

  #insertOther({ table }: EntryGroup, chunk: string): SqlStatement[] {
    return [statement(DICTIONARY_STATEMENTS[table].insertOther, this.#site, chunk)]
  }

  /** Adds entries and reads their ids in one batch. An entry without an id in the answer has no row. */
  async #write(missing: MissingEntries, insert: Insert): Promise<Map<string, number>> {
    const statements: SqlStatement[] = []
    const asked: { readonly from: EntryGroup; readonly first: number; readonly at: number; readonly keys: string[] }[] =
      []
    for (const from of missing.groups) {
      const { table, rows } = from
      for (const chunk of jsonChunks([...rows.values()])) {
        const entries: DictionaryEntry[] = JSON.parse(chunk)
        const select = statement(DICTIONARY_STATEMENTS[table].select, this.#site, chunk)
        asked.push({
          from,
          first: statements.length,
          at: statements.push(...insert(from, chunk), select) - 1,
          keys: entries.map(one => keyOf(this.#site, table, one)),
        })
      }
    }
    const results = statements.length === 0 ? [] : await writeBatch(this.#db, statements)
    const { clientShares } = this.#db.caches
    const ids = new Map<string, number>()
    for (const { from, first, at, keys } of asked) {
      if (from.client !== null) clientShares.use(this.#site, from.table, from.client, results[first]?.changes ?? 0)
      for (const row of results[at]?.rows ?? []) ids.set(keys[Number(row.position)] ?? '', Number(row.id))
    }
    return ids
  }

  /** The id of an interned entry, `null` for none. */
  id(table: DictionaryName, entry: DictionaryEntry | null): number | null {
    if (!entry) return null
    const known = this.#db.caches.dictionaryIds.ofEntry(this.#site, entry)
    if (known !== undefined) return known
    const id = this.#ids.get(this.#keys.get(entry) ?? keyOf(this.#site, table, entry))
    if (id === undefined) throw new Error(`the entry of ${table} was not interned`)
    return id
  }
}
