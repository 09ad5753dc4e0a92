import { eventDefinition } from '../../../shared/events'
import { LIMITS } from '../../../shared/limits'
import { hasControlCharacters } from '../../lib/hasControlCharacters'
import { isCurrency, toMinor } from '../../lib/money'
import { checkEvent, checksOf } from '../validate/checks'
import { amount, type Fields, identifier, numeric, type Reject, text } from './fields'
import { type OrderItem, parseItems } from './items'
import type { Omissions } from './omissions'
import { linkText } from './page'
import { withoutAmounts } from './withoutAmounts'

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
export const COLUMNS = new Set([
  'currency',
  'value',
  'tax',
  'shipping',
  'transaction_id',
  'items',
  'interactive',
  'user_id',
])

/** The property with the address of a link: GA4's name. */
const LINK = 'link_url'

const propertyOf = (name: string, value: unknown, omit: Reject): string | number | boolean | null => {
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value
  const called = `Property "${name.slice(0, 40)}"`
  if (typeof value !== 'string') {
    return omit(name, 'wrong_type', `${called} must be a string, a finite number, true or false.`)
  }
  if (value.length > LIMITS.propertyValue) {
    return omit(name, 'too_long', `${called} must have at most ${LIMITS.propertyValue} characters.`)
  }
  if (hasControlCharacters(value)) return omit(name, 'control_characters', `${called} contains control characters.`)
  return name === LINK ? linkText(value.toWellFormed()) : value.toWellFormed()
}

/** Fields with these ids as texts. */
const withIds = (fields: Fields, ids: readonly string[], reject: Reject): Fields => ({
  ...fields,
  ...Object.fromEntries(ids.map(id => [id, identifier(fields, id, LIMITS.identifier, reject)])),
})

/** Fields with these texts as numbers. */
const withNumbers = (fields: Fields, names: readonly string[]): Fields => ({
  ...fields,
  ...Object.fromEntries(names.map(name => [name, numeric(fields[name])])),
})

const BAD_NAME = `A property's name must have at most ${LIMITS.propertyName} characters, none of them control characters.`
const TOO_MANY = `An event may hold at most ${LIMITS.propertiesPerEvent} properties.`

const propertiesOf = (fields: Fields, omit: Reject): Record<string, string | number | boolean> | null => {
  const names = Object.keys(fields).filter(
    name => !COLUMNS.has(name) && fields[name] !== null && fields[name] !== undefined,
  )
  if (names.length === 0) return null
  for (const name of names.splice(LIMITS.propertiesPerEvent)) omit(name, 'too_many_properties', TOO_MANY)
  // Without a prototype, so that a property named "__proto__" is one like any other.
  const properties: Record<string, string | number | boolean> = Object.create(null)
  for (const name of names) {
    const isNamed = name.length <= LIMITS.propertyName && !hasControlCharacters(name)
    const value = isNamed ? propertyOf(name, fields[name], omit) : omit(name, 'bad_property_name', BAD_NAME)
    if (value !== null) properties[name.toWellFormed()] = value
  }
  return Object.keys(properties).length === 0 ? null : properties
}

/** The currency of the event's amounts, `null` when it is unknown. */
const currencyOf = (fields: Fields, siteCurrency: string, reject: Reject): string | null => {
  const given = text(fields, 'currency', 10, reject)
  if (given === null) return fields.currency === undefined || fields.currency === null ? siteCurrency : null
  if (given === '') return siteCurrency
  const currency = given.toUpperCase()
  return isCurrency(currency)
    ? currency
    : reject('currency', 'unknown_currency', `"${given}" is not an ISO 4217 currency code, such as EUR.`)
}

/** Attributes of elements are texts. */
const FLAGS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  ['true', true],
  [false, false],
  ['false', false],
])

const isInteractive = ({ interactive }: Fields, omit: Reject): boolean => {
  if (interactive === undefined || interactive === null) return true
  return FLAGS.get(interactive) ?? omit('interactive', 'wrong_type', '"interactive" must be true or false.') ?? true
}

/** What an event is worth, major units. */
interface Worth {
  readonly value: number | null
  readonly items: OrderItem[] | null
}

const worthOf = (name: string, fields: Fields, { reject }: Omissions): Worth => {
  const { worth } = checksOf(name)
  const items = parseItems(fields, reject)
  const given = amount(fields, 'value', LIMITS.amount, reject)
  const value = worth ? worth(fields, given, items) : given
  if (value === null || value <= LIMITS.amount) return { value, items }
  reject('items', 'amount_too_large', `The value of a ${name} must not exceed ${LIMITS.amount}.`)
  return { value: worth?.(fields, given, null) ?? given, items: null }
}

/**
 * Validates an event's flat parameters and splits them into columns and properties. Omits those that are invalid.
 * @throws Problem when the event cannot do without one of them
 * @see https://developers.google.com/analytics/devguides/collection/ga4/reference/events
 */
export const parseParameters = (
  name: string,
  sent: Fields,
  siteCurrency: string,
  omissions: Omissions,
): ParsedParameters => {
  const { reject, omit } = omissions
  const { ids, numbers } = checksOf(name)
  const valid = numbers ? withNumbers(sent, numbers) : sent
  checkEvent(name, valid)
  const known = currencyOf(valid, siteCurrency, reject)
  const fields = known === null ? withoutAmounts(valid, omit) : valid
  const currency = known ?? siteCurrency
  const minor = (major: number | null): number | null => (major === null ? null : toMinor(major, currency))
  const { value, items } = worthOf(name, fields, omissions)
  const tax = amount(fields, 'tax', LIMITS.amount, reject)
  const shipping = amount(fields, 'shipping', LIMITS.amount, reject)
  const money = value !== null || tax !== null || shipping !== null
  return {
    active: isInteractive(fields, omit) && eventDefinition(name)?.activity !== false,
    currency: money ? currency : null,
    value: minor(value),
    tax: minor(tax),
    shipping: minor(shipping),
    transactionId: identifier(fields, 'transaction_id', LIMITS.identifier, reject),
    items,
    properties: propertiesOf(ids ? withIds(fields, ids, reject) : fields, omit),
  }
}
