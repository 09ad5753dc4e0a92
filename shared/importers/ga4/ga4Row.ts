import type { ImportedEvent } from '../importFormat.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * A row of the export to BigQuery. BigQuery writes whole numbers as texts and leaves out what is null.
 * @see https://support.google.com/analytics/answer/7029846
 */
export type Ga4Row = Json

export type Ga4Value = string | number

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A field of a field of a row, as a text; '' if it is missing or not set. */
export const textAt = (row: Ga4Row, ...path: readonly string[]): string => {
  let value: unknown = row
  for (const name of path) value = isJson(value) ? value[name] : undefined
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  return text === '(not set)' || text === '(none)' || text === '(direct)' || text === '<Other>' ? '' : text
}

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : undefined

/** The one value of a parameter that is not null. */
const valueOfParameter = (value: unknown): Ga4Value | undefined => {
  if (!isJson(value)) return undefined
  if (typeof value.string_value === 'string') return value.string_value
  return numberOf(value.int_value) ?? numberOf(value.double_value) ?? numberOf(value.float_value)
}

/** The parameters of an event by their names. */
export const parametersOf = ({ event_params }: Ga4Row): Map<string, Ga4Value> => {
  const found = new Map<string, Ga4Value>()
  if (!Array.isArray(event_params)) return found
  for (const parameter of event_params) {
    const value = isJson(parameter) ? valueOfParameter(parameter.value) : undefined
    if (isJson(parameter) && typeof parameter.key === 'string' && value !== undefined) found.set(parameter.key, value)
  }
  return found
}

/** Fields of an item that the collector takes. */
const ITEM_TEXTS = ['item_id', 'item_name', 'item_category', 'item_brand', 'item_variant']
const ITEM_NUMBERS = ['price', 'quantity', 'discount']

/** The items of an event; `undefined` if it has none. */
export const itemsOf = ({ items }: Ga4Row): ImportedEvent['items'] => {
  if (!Array.isArray(items) || items.length === 0) return undefined
  return items.filter(isJson).map(item => {
    const texts = ITEM_TEXTS.map(name => [name, textAt(item, name) || undefined])
    return Object.fromEntries([...texts, ...ITEM_NUMBERS.map(name => [name, numberOf(item[name])])])
  })
}
