import { LIMITS } from '../../../../shared/limits'
import { SUBSCRIPTION_INTERVALS, SUBSCRIPTION_STATUSES } from '../../../../shared/subscription'
import { listOf, object, type Schema, text } from '../schema'

/** Parameters that mean something in some events only, and are any property in every other one. */
const ofEvents = (events: string, parameters: Readonly<Record<string, string>>): Record<string, Schema> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, description]) => [name, { description: `Of ${events}: ${description}` }]),
  )

const subscriptionFields = () =>
  ofEvents('subscription_start, subscription_change and subscription_cancel', {
    subscription_id: 'which one, where a person has several; a text or a whole number.',
    price: 'a number, for one piece and one interval, without tax.',
    quantity: 'a number above 0, of pieces or seats; 1 unless said otherwise.',
    interval: `what is paid for at a time: ${SUBSCRIPTION_INTERVALS.join(', ')}; a month unless said otherwise.`,
    status: `${SUBSCRIPTION_STATUSES.join(', ')}; active unless said otherwise.`,
  })

const surveyFields = () =>
  ofEvents('survey_response', {
    survey_id: 'which survey; a text or a whole number.',
    kind: 'nps, csat or one of your own.',
    score: 'a whole number, from 0 to 10 for nps, from 1 to 5 for csat.',
  })

/** In other events these are properties, of any type. */
const pageViewFields = () =>
  ofEvents('page_view', {
    scroll_depth:
      'the deepest part of the page that was seen, in percent: a number from 0 to 100, unknown if left out.',
    clicks: `clicks on interactive elements: a whole number up to ${LIMITS.clicks}, unknown if left out.`,
    lcp: `Largest Contentful Paint in seconds: a number up to ${LIMITS.vitalMilliseconds / 1000}, unknown if left out.`,
    inp: `Interaction to Next Paint in seconds: a number up to ${LIMITS.vitalMilliseconds / 1000}, unknown if left out.`,
    cls: `Cumulative Layout Shift: a number up to ${LIMITS.layoutShift}, unknown if left out.`,
  })

const amount = (description: string): Schema => ({
  type: ['number', 'string'],
  minimum: 0,
  description: `${description} In major units; a string holds a plain decimal number, like "40.00".`,
})

/** Google Analytics 4's parameters of an item. */
const item = (): Schema =>
  object({
    item_id: text,
    item_name: text,
    price: amount('Per unit, after its discount.'),
    quantity: { type: ['number', 'string'], default: 1 },
    discount: amount('Per unit.'),
    item_category: text,
    item_brand: text,
    item_variant: text,
  })

export const eventSchemas = () => ({
  Event: object(
    {
      id: text,
      name: { type: 'string', maxLength: LIMITS.eventName },
      time: { type: ['string', 'integer'], description: 'ISO 8601 with its zone, or epoch milliseconds.' },
      visitor_id: text,
      user_id: text,
      ip: text,
      user_agent: text,
      url: { type: 'string', maxLength: LIMITS.url },
      referrer: text,
      country: text,
      region: text,
      city: text,
      language: text,
      browser: { type: 'string', maxLength: 100, description: 'Outranks what the user agent tells.' },
      os: { type: 'string', maxLength: 100, description: 'Outranks what the user agent tells.' },
      device: {
        type: 'string',
        enum: ['desktop', 'mobile', 'tablet', 'tv'],
        description: 'Outranks what the user agent tells.',
      },
      currency: text,
      value: amount('Without tax and shipping.'),
      tax: amount('Tax of the order.'),
      shipping: amount('Shipping of the order.'),
      transaction_id: text,
      items: listOf(item()),
      ...subscriptionFields(),
      ...surveyFields(),
      engaged_seconds: { type: 'number', minimum: 0 },
      ...pageViewFields(),
      properties: {
        type: 'object',
        description: 'Properties of the event. An invalid one is left out and named in the warnings.',
        additionalProperties: { type: ['string', 'number', 'boolean'] },
      },
    },
    ['name'],
  ),
})
