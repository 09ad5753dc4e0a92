import { Problem } from '../../lib/problem'

// biome-ignore lint/suspicious/noControlCharactersInRegex: rejecting them is the purpose
const CONTROL_OR_LINE_END = /[\u0000-\u001f\u007f-\u009f]/

export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Takes the reason why a field is invalid. Unless it throws, the field counts as absent. */
export type Reject = (name: string, code: string, message: string) => null

/** Rejects the whole record or event that the field is part of. */
export const rejectAll: Reject = (_, code, message) => {
  throw new Problem(400, code, message)
}

/**
 * A string of one line. One that is too long or has control characters is rejected, not cut: `wrong_type`, `too_long`,
 * `control_characters`.
 * @example lineOf('page_view', 'name', 64)
 */
export const lineOf = (value: unknown, name: string, limit: number, reject = rejectAll): string | null => {
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') return reject(name, 'wrong_type', `"${name}" must be a string.`)
  if (value.length > limit) return reject(name, 'too_long', `"${name}" must have at most ${limit} characters.`)
  if (CONTROL_OR_LINE_END.test(value)) {
    return reject(name, 'control_characters', `"${name}" contains control characters.`)
  }
  return value.toWellFormed()
}

/**
 * A field's string of one line, with the codes of `lineOf`.
 * @example text(event, 'name', 64)
 */
export const text = (fields: Fields, name: string, limit: number, reject = rejectAll): string | null =>
  lineOf(fields[name], name, limit, reject)

/** A string or a whole number, as a string: ids come as either. Codes: those of `text`, and `empty`. */
export const identifier = (fields: Fields, name: string, limit: number, reject = rejectAll): string | null => {
  const value = fields[name]
  const id =
    typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : text(fields, name, limit, reject)
  return id === '' ? reject(name, 'empty', `"${name}" is empty.`) : id
}

/** A number as programs write it. "1,299", "19,99" and "€20" have more than one meaning, so they do not fit. */
const DECIMAL = /^-?(\d+(\.\d+)?|\.\d+)$/

/**
 * The number in a string, `null` for an empty one: shop software sends both. Returns anything else unchanged.
 * @example numeric('40.00') // 40
 */
export const numeric = (value: unknown): unknown => {
  if (typeof value !== 'string') return value
  const text = value.trim()
  if (text === '') return null
  return DECIMAL.test(text) ? Number(text) : value
}

/** A finite number between two bounds. Codes: `wrong_type`, `out_of_range`. */
export const number = (
  fields: Fields,
  name: string,
  least: number,
  most: number,
  reject = rejectAll,
): number | null => {
  const value = numeric(fields[name])
  if (value === undefined || value === null) return null
  if (typeof value !== 'number' || Number.isNaN(value)) return reject(name, 'wrong_type', `"${name}" must be a number.`)
  if (value < least || value > most) {
    return reject(name, 'out_of_range', `"${name}" must be from ${least} to ${most}.`)
  }
  return value
}

/** A whole number between two bounds, exact in JavaScript and in the database. Codes: those of `number`, and `not_whole`. */
export const wholeNumber = (fields: Fields, name: string, least: number, most: number): number | null => {
  const value = number(fields, name, least, most)
  return value === null || Number.isSafeInteger(value)
    ? value
    : rejectAll(name, 'not_whole', `"${name}" must be a whole number.`)
}

/** An amount of money in major units. Codes: `wrong_type`, `negative_amount`, `amount_too_large`. */
export const amount = (fields: Fields, name: string, most: number, reject = rejectAll): number | null => {
  const value = numeric(fields[name])
  if (value === undefined || value === null) return null
  if (typeof value !== 'number' || Number.isNaN(value)) return reject(name, 'wrong_type', `"${name}" must be a number.`)
  if (value < 0) return reject(name, 'negative_amount', `"${name}" must not be below 0; money given back is a refund.`)
  if (value > most) return reject(name, 'amount_too_large', `"${name}" must be at most ${most}.`)
  return value
}
