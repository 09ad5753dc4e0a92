import { CLIENT_SHARE, TEXTS_A_DAY } from '../../shared/limits'
import { DAY } from '../../shared/time'
import type { DictionaryName } from './dictionaryName'

/** Bounds the memory; beyond it, clients that added nothing for longest start over. */
const MOST = 20_000

const nameOf = (site: number, table: DictionaryName, client: number): string => `${site}/${table}/${client}`

/**
 * How many values each client added to the dictionaries on this UTC day, as far as this isolate knows. Without a share
 * for each client, one of them could use up what a site may add, and everybody's new pages would be "(other)". The
 * counts stay in memory: a table of clients would cost a row for each new value and hold a trace of who sent it.
 */
export class ClientShares {
  readonly #added = new Map<string, number>()
  #day = 0

  #startDay(): void {
    const day = Math.floor(Date.now() / DAY)
    if (day === this.#day) return
    this.#day = day
    this.#added.clear()
  }

  /**
   * How many values a client may still add to a dictionary of a site.
   * @param client the name that the isolate which took the beacon has for it
   */
  left(site: number, table: DictionaryName, client: number): number {
    this.#startDay()
    return Math.floor(TEXTS_A_DAY.browser[table] * CLIENT_SHARE) - (this.#added.get(nameOf(site, table, client)) ?? 0)
  }

  /** Counts values that a client added. */
  use(site: number, table: DictionaryName, client: number, count: number): void {
    if (count === 0) return
    this.#startDay()
    const name = nameOf(site, table, client)
    const before = this.#added.get(name) ?? 0
    // The map's last name is the one that added something last.
    this.#added.delete(name)
    this.#added.set(name, before + count)
    if (this.#added.size > MOST) this.#added.delete(this.#added.keys().next().value ?? name)
  }
}
