import { type Fields, isFields, numeric } from '../parse/fields'

/*
 * Readers of a provider's JSON. What is absent or of another type is `null` or empty: the events that are made of it are
 * validated like any other.
 */

const NOTHING: Fields = {}

/** An object in a field. */
export const objectField = (fields: Fields, name: string): Fields => {
  const value = fields[name]
  return isFields(value) ? value : NOTHING
}

/** The objects of a list in a field. */
export const listField = (fields: Fields, name: string): readonly Fields[] => {
  const value = fields[name]
  return Array.isArray(value) ? value.filter(isFields) : []
}

/** A text, or a number as text: providers write ids as either. */
export const textField = (fields: Fields, name: string): string | null => {
  const value = fields[name]
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

/** A number, or one that is written as text. */
export const numberField = (fields: Fields, name: string): number | null => {
  const value = numeric(fields[name])
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** Epoch milliseconds of an ISO 8601 text; NaN of anything else, which no event may have. */
export const timeField = (fields: Fields, name: string): number => Date.parse(textField(fields, name) ?? '')
