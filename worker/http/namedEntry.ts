import type { Fields } from '../collect/parse/fields'
import { knownFields } from './knownFields'
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
  const fields = knownFields(given, where, known)
  const id = idOf(fields.id, `${where}.id`)
  return { id, name: lineOf(fields.name ?? id, `${where}.name`, NAME), fields }
}
