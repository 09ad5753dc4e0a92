import { eventDefinition } from '../../shared/events'
import { LIMITS } from '../../shared/limits'
import { isCurrency, toMinor } from '../money'
import { Problem } from '../problem'
import { amount, type Fields, hasControlCharacters, identifier, isFields, number, text } from './field'

/** What an event says of itself, checked, money in minor units. */
export interface Parameters {
  readonly active: boolean
  readonly currency: string | null
  readonly value: number | null
  readonly tax: number | null
  readonly shipping: number | null
  readonly transactionId: string | null
  readonly items: readonly Item[] | null
  readonly properties: Readonly<Record<string, string | number | boolean>> | null
}

/** One of `items[]`, by GA4's names; `price` in major units. */
export interface Item {
  readonly item_id?: string
  readonly item_name?: string
  readonly item_category?: string
  readonly item_brand?: string
  readonly item_variant?: string
  readonly price?: number
  readonly discount?: number
  readonly quantity: number
}

const ITEM_TEXTS = ['item_id', 'item_name', 'item_category', 'item_brand', 'item_variant'] as const

/** Parameters with a column of their own; every other one is a property. */
const COLUMNS = new Set(['currency', 'value', 'tax', 'shipping', 'transaction_id', 'items', 'interactive', 'user_id'])

const itemOf = (value: unknown): Item => {
  if (!isFields(value))
    throw new Problem(
      400,
      'wrong_type',
      'Each of "items" must be an object like {"item_id":"SKU1","price":20,"quantity":1}.',
    )
  const item: Record<string, string | number> = {}
  for (const name of ITEM_TEXTS) {
    const given = name === 'item_id' ? identifier(value, name, LIMITS.itemField) : text(value, name, LIMITS.itemField)
    if (given !== null) item[name] = given
  }
  for (const name of ['price', 'discount'] as const) {
    const given = amount(value, name, LIMITS.amount)
    if (given !== null) item[name] = given
  }
  return { ...item, quantity: number(value, 'quantity', 0, LIMITS.quantity) ?? 1 }
}

const itemsOf = (fields: Fields): Item[] | null => {
  const items = fields.items
  if (items === undefined || items === null) return null
  if (!Array.isArray(items)) throw new Problem(400, 'wrong_type', '"items" must be a list.')
  if (items.length > LIMITS.itemsPerEvent) {
    throw new Problem(400, 'too_many_items', `An event may hold at most ${LIMITS.itemsPerEvent} items.`)
  }
  return items.map(itemOf)
}

const propertyOf = (name: string, value: unknown): string | number | boolean => {
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value
  if (typeof value !== 'string') {
    throw new Problem(
      400,
      'wrong_type',
      `Property "${name.slice(0, 40)}" must be a text, a finite number, true or false.`,
    )
  }
  if (value.length > LIMITS.propertyValue) {
    throw new Problem(
      400,
      'too_long',
      `Property "${name.slice(0, 40)}" must have at most ${LIMITS.propertyValue} characters.`,
    )
  }
  if (hasControlCharacters(value)) {
    throw new Problem(400, 'control_characters', `Property "${name.slice(0, 40)}" holds control characters.`)
  }
  return value.toWellFormed()
}

const propertiesOf = (fields: Fields): Record<string, string | number | boolean> | null => {
  const names = Object.keys(fields).filter(
    name => !COLUMNS.has(name) && fields[name] !== null && fields[name] !== undefined,
  )
  if (names.length === 0) return null
  if (names.length > LIMITS.propertiesPerEvent) {
    throw new Problem(400, 'too_many_properties', `An event may hold at most ${LIMITS.propertiesPerEvent} properties.`)
  }
  // Without a prototype, so that a property named "__proto__" is one like any other.
  const properties: Record<string, string | number | boolean> = Object.create(null)
  for (const name of names) {
    if (name.length > LIMITS.propertyName || hasControlCharacters(name)) {
      throw new Problem(
        400,
        'bad_property_name',
        `A property's name must have at most ${LIMITS.propertyName} characters, none of them control characters.`,
      )
    }
    properties[name.toWellFormed()] = propertyOf(name, fields[name])
  }
  return properties
}

const currencyOf = (fields: Fields, siteCurrency: string): string => {
  const given = text(fields, 'currency', 10)
  if (given === null) return siteCurrency
  const currency = given.toUpperCase()
  if (!isCurrency(currency))
    throw new Problem(400, 'unknown_currency', `"${given}" is no currency of ISO 4217, such as EUR.`)
  return currency
}

/** GA4: value is the sum of price times quantity of the items. */
const valueOfItems = (items: readonly Item[] | null): number | null =>
  items?.some(item => item.price !== undefined)
    ? items.reduce((sum, { price = 0, quantity }) => sum + price * quantity, 0)
    : null

const checkRequired = (name: string, fields: Fields): void => {
  const missing = eventDefinition(name)?.requires?.find(
    required => fields[required] === undefined || fields[required] === null,
  )
  if (missing) throw new Problem(400, `missing_${missing}`, `A ${name} needs "${missing}".`)
  if (name === 'guide_step') number(fields, 'step', 1, 1000)
}

/**
 * Checks an event's flat parameters and splits them into columns and properties.
 * @throws Problem with a code of its own for each thing that can be wrong
 * @see https://developers.google.com/analytics/devguides/collection/ga4/reference/events
 */
export const parametersOf = (name: string, fields: Fields, siteCurrency: string): Parameters => {
  checkRequired(name, fields)
  const { interactive } = fields
  if (interactive !== undefined && typeof interactive !== 'boolean') {
    throw new Problem(400, 'wrong_type', '"interactive" must be true or false.')
  }
  const currency = currencyOf(fields, siteCurrency)
  const minor = (major: number | null): number | null => (major === null ? null : toMinor(major, currency))
  const items = itemsOf(fields)
  const value = amount(fields, 'value', LIMITS.amount)
  const tax = amount(fields, 'tax', LIMITS.amount)
  const shipping = amount(fields, 'shipping', LIMITS.amount)
  const ofItems = name === 'purchase' && value === null ? (valueOfItems(items) ?? 0) : null
  if (ofItems !== null && ofItems > LIMITS.amount) {
    throw new Problem(400, 'amount_too_large', `The items of an order must be worth at most ${LIMITS.amount}.`)
  }
  const money = value !== null || ofItems !== null || tax !== null || shipping !== null
  return {
    active: eventDefinition(name)?.activity !== false && interactive !== false,
    currency: money ? currency : null,
    value: minor(value ?? ofItems),
    tax: minor(tax),
    shipping: minor(shipping),
    transactionId: identifier(fields, 'transaction_id', LIMITS.identifier),
    items,
    properties: propertiesOf(fields),
  }
}
