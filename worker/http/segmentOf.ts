import type { SavedSegment } from '../../shared/settings'
import { isFields } from '../collect/parse/fields'
import { Problem } from '../lib/problem'
import { filtersOf } from '../query/parse/filtersOf'
import { badSetting, lineOf } from './lineOf'

const FIELDS = ['id', 'name', 'filters']
/** Characters. */
const ID = 60
const NAME = 200
/** Characters as JSON. Limited because every request reads the settings of its site. */
const FILTERS = 4_000

const idOf = (given: unknown, where: string): string => {
  const id = lineOf(given, where, ID)
  if (/^[a-z0-9_-]+$/.test(id)) return id
  throw badSetting(`"${where}" may contain only lower-case letters, digits, "-" and "_", like "from-sweden".`)
}

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
 * An entry of `settings.segments`. Without a name, the id is the name.
 * @throws Problem `bad_settings`
 */
export const segmentOf = (given: unknown, where: string): SavedSegment => {
  if (!isFields(given)) throw badSetting(`"${where}" must be an object with ${FIELDS.join(', ')}.`)
  const unknown = Object.keys(given).find(name => !FIELDS.includes(name))
  if (unknown !== undefined)
    throw badSetting(`"${where}" has an unknown field "${unknown.slice(0, 60)}". Use ${FIELDS.join(', ')}.`)
  const id = idOf(given.id, `${where}.id`)
  return {
    id,
    name: lineOf(given.name ?? id, `${where}.name`, NAME),
    filters: checkedFilters(given.filters, `${where}.filters`),
  }
}
