import { hasControlCharacters } from '../collect/parse/fields'
import { Problem } from '../lib/problem'

export const badSetting = (message: string): Problem => new Problem(400, 'bad_settings', message)

/**
 * A line of text in a setting.
 * @param most characters
 * @throws Problem `bad_settings`
 */
export const lineOf = (given: unknown, where: string, most: number): string => {
  if (typeof given !== 'string') throw badSetting(`"${where}" must be a string.`)
  if (given.trim() === '') throw badSetting(`"${where}" must not be empty.`)
  if (given.length > most) throw badSetting(`"${where}" must have at most ${most} characters.`)
  if (hasControlCharacters(given)) throw badSetting(`"${where}" must not contain control characters.`)
  return given.toWellFormed()
}
