import { currencyDigits } from '../../lib/money'
import type { Fields } from '../parse/fields'
import { numberField, objectField, textField, timeField } from './field'

/**
 * An event of Paddle Billing.
 * @see https://developer.paddle.com/webhooks/overview
 */
export interface PaddleEvent {
  readonly id: string
  readonly topic: string
  /** Epoch milliseconds. */
  readonly time: number
  readonly data: Fields
  /** The id of the transaction, adjustment or subscription. */
  readonly subject: string
}

export const paddleEvent = (body: Fields): PaddleEvent => {
  const data = objectField(body, 'data')
  return {
    id: textField(body, 'event_id') ?? '',
    topic: textField(body, 'event_type') ?? '',
    time: timeField(body, 'occurred_at'),
    data,
    subject: textField(data, 'id') ?? '',
  }
}

/** An amount in major units: Paddle writes the lowest denomination, as text. */
export const paddleAmount = (fields: Fields, name: string, currency: string): number =>
  (numberField(fields, name) ?? 0) / 10 ** currencyDigits(currency)
