import { Problem } from '../../lib/problem'

/** C0 and C1 control characters but tab and line ends, which people do type into texts. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is what this is for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is what this is for
const CONTROL_OR_LINE_END = /[\u0000-\u001f\u007f-\u009f]/

export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const refuse = (code: string, message: string): Problem => new Problem(400, code, message)

/**
 * A text of one line, cut nowhere: too long, or with control characters, it is refused.
 * @throws Problem `wrong_type`, `too_long`, `control_characters`
 * @example lineOf('page_view', 'name', 64)
 */
export const lineOf = (value: unknown, name: string, limit: number): string | null => {
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') throw refuse('wrong_type', `"${name}" must be a text.`)
  if (value.length > limit) throw refuse('too_long', `"${name}" must have at most ${limit} characters.`)
  if (CONTROL_OR_LINE_END.test(value)) throw refuse('control_characters', `"${name}" holds control characters.`)
  return value.toWellFormed()
}

/**
 * A field's text of one line.
 * @throws Problem as `lineOf`
 * @example text(event, 'name', 64)
 */
export const text = (fields: Fields, name: string, limit: number): string | null => lineOf(fields[name], name, limit)

/**
 * A text or a whole number as a text: ids come as either.
 * @throws Problem as `text`, and `empty`
 */
export const identifier = (fields: Fields, name: string, limit: number): string | null => {
  const value = fields[name]
  const id = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : text(fields, name, limit)
  if (id === '') throw refuse('empty', `"${name}" is empty.`)
  return id
}

/**
 * A finite number between two bounds.
 * @throws Problem `wrong_type`, `out_of_range`
 */
export const number = (fields: Fields, name: string, least: number, most: number): number | null => {
  const value = fields[name]
  if (value === undefined || value === null) return null
  if (typeof value !== 'number' || Number.isNaN(value)) throw refuse('wrong_type', `"${name}" must be a number.`)
  if (value < least || value > most) throw refuse('out_of_range', `"${name}" must be from ${least} to ${most}.`)
  return value
}

/**
 * A whole number between two bounds, exact in JavaScript and in the database.
 * @throws Problem as `number`, and `not_whole`
 */
export const wholeNumber = (fields: Fields, name: string, least: number, most: number): number | null => {
  const value = number(fields, name, least, most)
  if (value !== null && !Number.isSafeInteger(value)) throw refuse('not_whole', `"${name}" must be a whole number.`)
  return value
}

/**
 * An amount of money in major units.
 * @throws Problem `wrong_type`, `negative_amount`, `amount_too_large`
 */
export const amount = (fields: Fields, name: string, most: number): number | null => {
  const value = fields[name]
  if (value === undefined || value === null) return null
  if (typeof value !== 'number' || Number.isNaN(value)) throw refuse('wrong_type', `"${name}" must be a number.`)
  if (value < 0) throw refuse('negative_amount', `"${name}" must not be below 0; money given back is a refund.`)
  if (value > most) throw refuse('amount_too_large', `"${name}" must be at most ${most}.`)
  return value
}

/** Whether a text of several lines holds what no person types. */
export const hasControlCharacters = (value: string): boolean => CONTROL.test(value)
