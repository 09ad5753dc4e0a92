import { LIMITS } from '../../../shared/limits'
import { SUBSCRIPTION_INTERVALS, SUBSCRIPTION_STATUSES } from '../../../shared/subscription'
import { Problem } from '../../lib/problem'
import { amount, type Fields, number, text } from '../parse/fields'
import { type OrderItem, valueOfItems } from '../parse/items'

/** Digits of a decimal number that a binary one holds. */
const DIGITS = 15

const oneOf = (fields: Fields, name: string, values: readonly string[]): string | null => {
  const given = text(fields, name, LIMITS.propertyValue)
  if (given !== null && !values.includes(given)) {
    throw new Problem(400, `bad_${name}`, `"${name}" of a subscription must be one of ${values.join(', ')}.`)
  }
  return given
}

const quantityOf = (fields: Fields): number | null => {
  const quantity = number(fields, 'quantity', 0, LIMITS.quantity)
  if (quantity === 0) throw new Problem(400, 'out_of_range', '"quantity" of a subscription must be above 0.')
  return quantity
}

/** @throws Problem `bad_interval`, `bad_status`, and as `amount` and `number` */
export const checkSubscription = (fields: Fields): void => {
  amount(fields, 'price', LIMITS.amount)
  quantityOf(fields)
  oneOf(fields, 'interval', SUBSCRIPTION_INTERVALS)
  oneOf(fields, 'status', SUBSCRIPTION_STATUSES)
}

/**
 * The cost of an interval of a subscription in major units: price times quantity, else the value of the event or of its
 * items.
 * @example subscriptionWorth({ price: 12.5, quantity: 4 }, null, null) // 50
 */
export const subscriptionWorth = (
  fields: Fields,
  value: number | null,
  items: readonly OrderItem[] | null,
): number | null => {
  const price = amount(fields, 'price', LIMITS.amount)
  if (price === null) return value ?? valueOfItems(items)
  // 1.005 × 3 is 3.015 as it is written, and a little less in binary.
  return Number((price * (quantityOf(fields) ?? 1)).toPrecision(DIGITS))
}

const missingPrice = (message: string): Problem => new Problem(400, 'missing_price', message)

/** @throws Problem `missing_price` */
export const startWorth: typeof subscriptionWorth = (fields, value, items) => {
  const worth = subscriptionWorth(fields, value, items)
  if (worth === null && fields.status !== 'trial' && fields.status !== 'paused') {
    throw missingPrice(
      'A subscription_start needs a "price", or a "value" for the whole interval, unless its "status" is trial or paused.',
    )
  }
  return worth
}

/** @throws Problem `missing_price` */
export const changeWorth: typeof subscriptionWorth = (fields, value, items) => {
  const worth = subscriptionWorth(fields, value, items)
  if (worth === null && quantityOf(fields) !== null) {
    throw missingPrice(
      'A subscription_change with a "quantity" needs the "price" as well, or a "value" for the whole interval.',
    )
  }
  return worth
}
