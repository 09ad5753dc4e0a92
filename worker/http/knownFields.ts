import { type Fields, isFields } from '../collect/parse/fields'
import { badSetting } from './lineOf'

/**
 * The fields of an object that may have no others.
 * @throws Problem `bad_settings`
 */
export const knownFields = (given: unknown, where: string, known: readonly string[]): Fields => {
  if (!isFields(given)) throw badSetting(`"${where}" must be an object with ${known.join(', ')}.`)
  const unknown = Object.keys(given).find(name => !known.includes(name))
  if (unknown === undefined) return given
  throw badSetting(`"${where}" has an unknown field "${unknown.slice(0, 60)}". Use ${known.join(', ')}.`)
}
