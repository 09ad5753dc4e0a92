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

const keyOf = (site: number, table: DictionaryName, texts: DictionaryEntry): string =>
  `${site}\n${table}\n${texts.join('\n')}`

/** Texts of one dictionary by their keys, as one client sent them. */
interface Wanted {
  readonly table: DictionaryName
  /** `null` for a server, and for what stands for the texts of many. */
  readonly client: number | null
  readonly rows: Map<string, DictionaryEntry>
}

class WantedTexts {
  readonly #groups = new Map<string, Wanted>()

  add(table: DictionaryName, client: number | null, key: string, texts: DictionaryEntry): void {
    const name = client === null ? table : `${table}/${client}`
    const group = this.#groups.get(name) ?? { table, client, rows: new Map<string, DictionaryEntry>() }
    group.rows.set(key, texts)
    this.#groups.set(name, group)
  }

  get size(): number {
    return this.#groups.size
  }

  /** By dictionary and client. */
  get groups(): readonly Wanted[] {
    return [...this.#groups.values()]
  }
}

/** The statements that add what is wanted of a dictionary, the first of which says how many texts are new. */
type Insert = (wanted: Wanted, chunk: string) => SqlStatement[]

/**
 * Gathers the texts of a batch, then knows their ids.
 *
 * A site may add so many texts a day, and each client a share of them; beyond that their place is taken by "(other)",
 * so that which texts are told apart then depends on which came first.
 */
export class Dictionaries {
  readonly #db: CachedDatabase
  readonly #site: number
  readonly #sender: Sender
  readonly #ids = new Map<string, number>()
  /** Of the lists that were wanted: each is asked for again. */
  readonly #keys = new Map<DictionaryEntry, string>()
  #missing = new WantedTexts()

  constructor(db: CachedDatabase, site: number, sender: Sender) {
    this.#db = db
    this.#site = site
    this.#sender = sender
  }

  /** Says that the id of these texts will be asked for, which a client sent, `null` for a server. */
  want(table: DictionaryName, texts: DictionaryEntry | null, client: number | null): void {
    const { dictionaryIds } = this.#db.caches
    if (!texts || dictionaryIds.ofEntry(this.#site, texts) !== undefined) return
    const key = keyOf(this.#site, table, texts)
    this.#keys.set(texts, key)
    const id = dictionaryIds.get(key)
    if (id === undefined) this.#missing.add(table, client, key, texts)
    else {
      this.#ids.set(key, id)
      dictionaryIds.setOfEntry(this.#site, texts, id)
    }
  }

  /** Whether anything was wanted whose id is not known yet. */
  get isMissing(): boolean {
    return this.#missing.size > 0
  }

  /** One round trip for everything that is not known yet; one more past the limits of a day. */
  async resolve(): Promise<void> {
    const missing = this.#missing
    this.#missing = new WantedTexts()
    const ids = await this.#look(missing, (wanted, chunk) => this.#insertNew(wanted, chunk))
    const others = new WantedTexts()
    for (const { table, rows } of missing.groups) {
      for (const [key, texts] of rows) {
        const id = ids.get(key)
        if (id === undefined) {
          others.add(table, null, key, texts)
          continue
        }
        this.#db.caches.dictionaryIds.set(key, id)
        this.#ids.set(key, id)
      }
    }
    await this.#resolveOthers(others)
  }

  /** These ids are not remembered: tomorrow there is room again. */
  async #resolveOthers(others: WantedTexts): Promise<void> {
    const wanted = new WantedTexts()
    for (const { table, rows } of others.groups) {
      for (const texts of [...rows.values()].flatMap(OVERFLOW_VALUES[table])) {
        wanted.add(table, null, keyOf(this.#site, table, texts), texts)
      }
    }
    const ids = await this.#look(wanted, (group, chunk) => this.#insertOther(group, chunk))
    for (const { table, rows } of others.groups) {
      for (const [key, texts] of rows) {
        const [id] = OVERFLOW_VALUES[table](texts).flatMap(one => ids.get(keyOf(this.#site, table, one)) ?? [])
        if (id !== undefined) this.#ids.set(key, id)
      }
    }
  }

  #insertNew({ table, client }: Wanted, chunk: string): SqlStatement[] {
    const sender = this.#sender
    const day = Math.floor(Date.now() / DAY)
    const most = TEXTS_A_DAY[sender][table]
    const share = client === null ? most : this.#db.caches.clientShares.left(this.#site, table, client)
    return [
      statement(DICTIONARY_STATEMENTS[table].insertNew, this.#site, chunk, sender, day, most, share),
      statement(additionsCount, this.#site, table, sender, day),
    ]
  }

  #insertOther({ table }: Wanted, chunk: string): SqlStatement[] {
    return [statement(DICTIONARY_STATEMENTS[table].insertOther, this.#site, chunk)]
  }

  /** Adds and looks up in one batch; texts that are not in the answer have no row. */
  async #look(wanted: WantedTexts, insert: Insert): Promise<Map<string, number>> {
    const statements: SqlStatement[] = []
    const asked: { readonly from: Wanted; readonly first: number; readonly at: number; readonly keys: string[] }[] = []
    for (const from of wanted.groups) {
      const { table, rows } = from
      for (const chunk of jsonChunks([...rows.values()])) {
        const texts: DictionaryEntry[] = JSON.parse(chunk)
        const select = statement(DICTIONARY_STATEMENTS[table].select, this.#site, chunk)
        asked.push({
          from,
          first: statements.length,
          at: statements.push(...insert(from, chunk), select) - 1,
          keys: texts.map(one => keyOf(this.#site, table, one)),
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

  /** The id of texts that were wanted, `null` for none. */
  id(table: DictionaryName, texts: DictionaryEntry | null): number | null {
    if (!texts) return null
    const known = this.#db.caches.dictionaryIds.ofEntry(this.#site, texts)
    if (known !== undefined) return known
    const id = this.#ids.get(this.#keys.get(texts) ?? keyOf(this.#site, table, texts))
    if (id === undefined) throw new Error(`no id in ${table} for texts that were not wanted`)
    return id
  }
}
