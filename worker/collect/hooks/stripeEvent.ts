import { currencyDigits } from '../../lib/money'
import { type Fields, isFields } from '../parse/fields'
import { numberField, objectField, textField } from './field'

/**
 * An event of Stripe.
 * @see https://docs.stripe.com/api/events/object
 */
export interface StripeEvent {
  readonly id: string
  readonly topic: string
  /** Epoch milliseconds. */
  readonly time: number
  readonly object: Fields
  /** The former values of what changed. */
  readonly previous: Fields
}

export const stripeEvent = (body: Fields): StripeEvent => {
  const data = objectField(body, 'data')
  return {
    id: textField(body, 'id') ?? '',
    topic: textField(body, 'type') ?? '',
    time: (numberField(body, 'created') ?? Number.NaN) * 1000,
    object: objectField(data, 'object'),
    previous: objectField(data, 'previous_attributes'),
  }
}

/** The id in a field, which can hold the whole object. */
export const stripeId = (fields: Fields, name: string): string | null =>
  isFields(fields[name]) ? textField(objectField(fields, name), 'id') : textField(fields, name)

/** Where Stripe's minor units are not those of ISO 4217: it kept two digits for ISK and UGX, and has none for MGA. */
const DIGITS: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0, IQD: 2, LYD: 2 }

/**
 * An amount in major units.
 * @see https://docs.stripe.com/currencies#zero-decimal
 * @example stripeMajor(500, 'jpy') // 500
 */
export const stripeMajor = (minor: number, currency: string): number => {
  const code = currency.toUpperCase()
  return minor / 10 ** (DIGITS[code] ?? currencyDigits(code))
}

/** The amount in a field in major units, 0 if there is none. */
export const stripeAmount = (fields: Fields, name: string, currency: string): number =>
  stripeMajor(numberField(fields, name) ?? 0, currency)
