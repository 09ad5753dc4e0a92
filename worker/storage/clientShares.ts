import { CLIENT_SHARE, TEXTS_A_DAY } from '../../shared/limits'
import { DAY } from '../../shared/time'
import type { DictionaryName } from './dictionaryName'

/** Bounds the memory; of more, those that added nothing for longest begin anew. */
const MOST = 20_000

/** How many texts each client added today, as far as this isolate knows. */
const added = new Map<string, number>()
let today = 0

const startDay = (): void => {
  const day = Math.floor(Date.now() / DAY)
  if (day === today) return
  today = day
  added.clear()
}

const nameOf = (site: number, table: DictionaryName, client: number): string => `${site}/${table}/${client}`

/**
 * How many texts a client may still add to a dictionary of a site on this UTC day: else one client could use up what
 * the site may add, and everybody's new pages would be "(other)". It is kept in memory and nowhere else, since a
 * table of clients would cost a row for each new text and hold a trace of who sent it.
 * @param client as the isolate that took the beacon calls it
 */
export const shareLeft = (site: number, table: DictionaryName, client: number): number => {
  startDay()
  return Math.floor(TEXTS_A_DAY.browser[table] * CLIENT_SHARE) - (added.get(nameOf(site, table, client)) ?? 0)
}

/** Notes that a client added texts. */
export const useShare = (site: number, table: DictionaryName, client: number, count: number): void => {
  if (count === 0) return
  startDay()
  const name = nameOf(site, table, client)
  const before = added.get(name) ?? 0
  // The last one in the map is the one that added something last.
  added.delete(name)
  added.set(name, before + count)
  if (added.size > MOST) added.delete(added.keys().next().value ?? name)
}
