import { LIMITS } from '../../../shared/limits'
import { amount, type Fields, identifier, isFields, number, type Reject, text } from './fields'

/** One of `items[]`, by GA4's names; `price` in major units. */
export interface OrderItem {
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

/** A number counts as its text, because sizes and years are often sent as numbers. */
const itemText = (item: Fields, name: (typeof ITEM_TEXTS)[number], reject: Reject): string | null => {
  if (name === 'item_id') return identifier(item, name, LIMITS.itemField, reject)
  const given = item[name]
  return typeof given === 'number' && Number.isFinite(given)
    ? String(given)
    : text(item, name, LIMITS.itemField, reject)
}

const itemOf = (given: Fields, reject: Reject): OrderItem => {
  const item: Record<string, string | number> = {}
  for (const name of ITEM_TEXTS) {
    const value = itemText(given, name, reject)
    if (value !== null) item[name] = value
  }
  for (const name of ['price', 'discount'] as const) {
    const value = amount(given, name, LIMITS.amount, reject)
    if (value !== null) item[name] = value
  }
  return { ...item, quantity: number(given, 'quantity', 0, LIMITS.quantity, reject) ?? 1 }
}

const NO_ITEM = 'Each of "items" must be an object like {"item_id":"SKU1","price":20,"quantity":1}.'

/** The items of an event. Codes: `wrong_type`, `too_many_items`, and those of their fields, named like `items.price`. */
export const parseItems = (fields: Fields, reject: Reject): OrderItem[] | null => {
  const items: unknown = fields.items
  if (items === undefined || items === null) return null
  if (!Array.isArray(items)) return reject('items', 'wrong_type', '"items" must be a list.')
  if (items.length > LIMITS.itemsPerEvent) {
    return reject('items', 'too_many_items', `An event may hold at most ${LIMITS.itemsPerEvent} items.`)
  }
  const rejectField: Reject = (name, code, message) => reject(`items.${name}`, code, message)
  const valid = items.filter(item => isFields(item) || reject('items', 'wrong_type', NO_ITEM))
  return valid.map(item => itemOf(item, rejectField))
}

/**
 * What items are worth in major units, `null` when none has a price.
 * @see https://developers.google.com/analytics/devguides/collection/ga4/reference/events value is the sum of price times quantity
 */
export const valueOfItems = (items: readonly OrderItem[] | null): number | null =>
  items?.some(item => item.price !== undefined)
    ? items.reduce((sum, { price = 0, quantity }) => sum + price * quantity, 0)
    : null

/** The same, `null` unless every item has a price: an item without one is worth what it was sold for. */
export const valueOfPricedItems = (items: readonly OrderItem[] | null): number | null =>
  items?.every(item => item.price !== undefined) ? valueOfItems(items) : null

/** An item's weight among those of its order: its price, where there are prices. */
const weight = ({ price = 1, quantity }: OrderItem): number => price * quantity

/**
 * Which part of what was sold comes back, 0 to 1: by the prices and quantities of the order's items; all of it
 * when nobody said what was sold.
 * @example partOf([{ item_id: 'A', quantity: 1 }], [{ item_id: 'A', price: 20, quantity: 2 }]) // 0.5
 */
export const partOf = (back: readonly OrderItem[], sold: readonly OrderItem[]): number => {
  const whole = sold.reduce((sum, item) => sum + weight(item), 0)
  const part = back.reduce((sum, { item_id, quantity }) => {
    const item = sold.find(one => one.item_id === item_id)
    return sum + (item ? weight({ ...item, quantity }) : 0)
  }, 0)
  return whole === 0 ? 1 : Math.min(1, part / whole)
}
