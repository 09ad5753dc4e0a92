import type { ImportedEvent } from '../importFormat.ts'
import { listOf, type MatomoObject, numberOf, textOf } from './matomoObject.ts'

type Named = Readonly<Record<string, unknown>> & { readonly name: string }

/** What an action is here: no event with a reason, or some, of which the first takes the action's own id. */
type ToEvents = (action: MatomoObject, visit: MatomoObject) => readonly Named[] | string

/** Characters of an event's name; longer actions of events are cut. */
const LONGEST_NAME = 64

const given = (properties: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== '' && value !== undefined))

const categoryOf = (action: MatomoObject): string => {
  const { productViewCategories: categories } = action
  return textOf(Array.isArray(categories) ? categories[0] : categories)
}

/** A product that was viewed: a part of the page view, and so no activity of its own. */
const viewedItem = (action: MatomoObject): readonly Named[] => {
  const sku = textOf(action.productViewSku)
  if (sku === '') return []
  const item = given({
    item_id: sku,
    item_name: textOf(action.productViewName),
    price: numberOf(action.productViewPrice),
    item_category: categoryOf(action),
  })
  return [{ name: 'view_item', interactive: false, items: [item] }]
}

const customEvent: ToEvents = action => {
  const text = textOf(action.eventAction)
  if (text === '') return 'events without an action'
  const properties = given({
    category: textOf(action.eventCategory),
    action: text.length > LONGEST_NAME ? text : '',
    label: textOf(action.eventName),
    value: numberOf(action.eventValue),
  })
  return [{ name: text.slice(0, LONGEST_NAME), properties }]
}

const itemsOf = (action: MatomoObject): readonly Record<string, unknown>[] =>
  listOf(action.itemDetails).map(item =>
    given({
      item_id: textOf(item.itemSKU),
      item_name: textOf(item.itemName),
      item_category: textOf(item.itemCategory),
      price: numberOf(item.price),
      quantity: numberOf(item.quantity),
    }),
  )

/** Matomo's revenue of an order is the whole amount, with tax and shipping. */
const order: ToEvents = (action, visit) => {
  const tax = numberOf(action.revenueTax) ?? 0
  const shipping = numberOf(action.revenueShipping) ?? 0
  const value = Math.max(Math.round(((numberOf(action.revenue) ?? 0) - tax - shipping) * 1e6) / 1e6, 0)
  const currency = textOf(visit.siteCurrency) || undefined
  return [
    {
      name: 'purchase',
      transaction_id: textOf(action.orderId),
      value,
      tax,
      shipping,
      currency,
      items: itemsOf(action),
    },
  ]
}

const goal: ToEvents = action => [
  {
    name: 'goal',
    interactive: false,
    properties: given({
      goal_id: textOf(action.goalId),
      goal_name: textOf(action.goalName),
      revenue: numberOf(action.revenue),
    }),
  },
]

const linked =
  (name: string): ToEvents =>
  action => [{ name, properties: { link_url: textOf(action.url) } }]

/**
 * By the type of an action.
 * @see https://github.com/matomo-org/matomo/blob/5.x-dev/plugins/Actions/VisitorDetails.php
 */
const BY_TYPE: ReadonlyMap<string, ToEvents> = new Map<string, ToEvents>([
  ['action', action => [{ name: 'page_view' }, ...viewedItem(action)]],
  ['event', customEvent],
  ['search', action => [{ name: 'search', properties: given({ search_term: textOf(action.siteSearchKeyword) }) }]],
  ['outlink', linked('outbound_click')],
  ['download', linked('file_download')],
  ['goal', goal],
  ['ecommerceOrder', order],
  ['ecommerceAbandonedCart', () => 'abandoned carts: Matomo does not record when items were added'],
])

/** Types of actions whose address is that of a page. */
export const ON_PAGE: ReadonlySet<string> = new Set(['action', 'event', 'search'])

/** The events of an action, without what they have in common, or why there is none. */
export const matomoAction = (action: MatomoObject, visit: MatomoObject): readonly ImportedEvent[] | string => {
  const type = textOf(action.type)
  return BY_TYPE.get(type)?.(action, visit) ?? `actions of the type ${type || 'unknown'}`
}
