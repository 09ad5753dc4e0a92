import { type Fields, isFields } from '../collect/parse/fields'
import { badSetting, lineOf } from './lineOf'

/** Characters. */
const ID = 60
const NAME = 200

interface NamedEntry {
  readonly id: string
  readonly name: string
  readonly fields: Fields
}

const idOf = (given: unknown, where: string): string => {
  const id = lineOf(given, where, ID)
  if (/^[a-z0-9_-]+$/.test(id)) return id
  throw badSetting(`"${where}" may contain only lower-case letters, digits, "-" and "_", like "from-sweden".`)
}

/**
 * An entry of a setting that has an id. Without a name, the id is the name.
 * @param known its fields
 * @throws Problem `bad_settings`
 */
export const namedEntry = (given: unknown, where: string, known: readonly string[]): NamedEntry => {
  if (!isFields(given)) throw badSetting(`"${where}" must be an object with ${known.join(', ')}.`)
  const unknown = Object.keys(given).find(name => !known.includes(name))
  if (unknown !== undefined)
    throw badSetting(`"${where}" has an unknown field "${unknown.slice(0, 60)}". Use ${known.join(', ')}.`)
  const id = idOf(given.id, `${where}.id`)
  return { id, name: lineOf(given.name ?? id, `${where}.name`, NAME), fields: given }
}
