import type { SavedSegment } from '../../shared/settings'
import { Problem } from '../lib/problem'
import { filtersOf } from '../query/parse/filtersOf'
import { badSetting } from './lineOf'
import { namedEntry } from './namedEntry'

const FIELDS = ['id', 'name', 'filters']
/** Characters as JSON. Limited because every request reads the settings of its site. */
const FILTERS = 4_000

const checkedFilters = (given: unknown, where: string): readonly unknown[] => {
  if (JSON.stringify(given ?? null).length > FILTERS)
    throw badSetting(`"${where}" must have at most ${FILTERS} characters.`)
  try {
    if (filtersOf(given, null).length > 0) return given as readonly unknown[]
  } catch (error) {
    if (error instanceof Problem) throw badSetting(`"${where}" is not valid: ${error.message}`)
    throw error
  }
  throw badSetting(`"${where}" must contain at least one filter, like ["is","country",["SE"]].`)
}

/**
 * An entry of `settings.segments`.
 * @throws Problem `bad_settings`
 */
export const segmentOf = (given: unknown, where: string): SavedSegment => {
  const { id, name, fields } = namedEntry(given, where, FIELDS)
  return { id, name, filters: checkedFilters(fields.filters, `${where}.filters`) }
}
