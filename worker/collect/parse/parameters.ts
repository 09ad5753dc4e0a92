import { eventDefinition } from '../../../shared/events'
import { LIMITS } from '../../../shared/limits'
import { isCurrency, toMinor } from '../../lib/money'
import { Problem } from '../../lib/problem'
import { checkEvent, checksOf } from '../validate/checks'
import { amount, type Fields, hasControlCharacters, identifier, numeric, text } from './fields'
import { type OrderItem, parseItems } from './items'
import { linkText } from './page'

/** The parameters of an event, validated, money in minor units. */
export interface ParsedParameters {
  readonly active: boolean
  readonly currency: string | null
  readonly value: number | null
  readonly tax: number | null
  readonly shipping: number | null
  readonly transactionId: string | null
  readonly items: readonly OrderItem[] | null
  readonly properties: Readonly<Record<string, string | number | boolean>> | null
}

/** Parameters with a column of their own; every other one is a property. */
const COLUMNS = new Set(['currency', 'value', 'tax', 'shipping', 'transaction_id', 'items', 'interactive', 'user_id'])

/** The property with the address of a link: GA4's name. */
const LINK = 'link_url'

const propertyOf = (name: string, value: unknown): string | number | boolean => {
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value
  if (typeof value !== 'string') {
    throw new Problem(
      400,
      'wrong_type',
      `Property "${name.slice(0, 40)}" must be a string, a finite number, true or false.`,
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
    throw new Problem(400, 'control_characters', `Property "${name.slice(0, 40)}" contains control characters.`)
  }
  return name === LINK ? linkText(value.toWellFormed()) : value.toWellFormed()
}

/** Fields with these ids as texts. */
const withIds = (fields: Fields, ids: readonly string[]): Fields => ({
  ...fields,
  ...Object.fromEntries(ids.map(id => [id, identifier(fields, id, LIMITS.identifier)])),
})

/** Fields with these texts as numbers. */
const withNumbers = (fields: Fields, names: readonly string[]): Fields => ({
  ...fields,
  ...Object.fromEntries(names.map(name => [name, numeric(fields[name])])),
})

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
    throw new Problem(400, 'unknown_currency', `"${given}" is not an ISO 4217 currency code, such as EUR.`)
  return currency
}

/**
 * Checks an event's flat parameters and splits them into columns and properties.
 * @throws Problem with a code of its own for each thing that can be wrong
 * @see https://developers.google.com/analytics/devguides/collection/ga4/reference/events
 */
export const parseParameters = (name: string, sent: Fields, siteCurrency: string): ParsedParameters => {
  const { worth, ids, numbers } = checksOf(name)
  const fields = numbers ? withNumbers(sent, numbers) : sent
  checkEvent(name, fields)
  const { interactive } = fields
  if (interactive !== undefined && typeof interactive !== 'boolean') {
    throw new Problem(400, 'wrong_type', '"interactive" must be true or false.')
  }
  const currency = currencyOf(fields, siteCurrency)
  const minor = (major: number | null): number | null => (major === null ? null : toMinor(major, currency))
  const items = parseItems(fields)
  const given = amount(fields, 'value', LIMITS.amount)
  const tax = amount(fields, 'tax', LIMITS.amount)
  const shipping = amount(fields, 'shipping', LIMITS.amount)
  const value = worth ? worth(fields, given, items) : given
  if (value !== null && value > LIMITS.amount) {
    throw new Problem(400, 'amount_too_large', `The value of a ${name} must not exceed ${LIMITS.amount}.`)
  }
  const money = value !== null || tax !== null || shipping !== null
  return {
    active: eventDefinition(name)?.activity !== false && interactive !== false,
    currency: money ? currency : null,
    value: minor(value),
    tax: minor(tax),
    shipping: minor(shipping),
    transactionId: identifier(fields, 'transaction_id', LIMITS.identifier),
    items,
    properties: propertiesOf(ids ? withIds(fields, ids) : fields),
  }
}
