/** Parameters and properties of an event, by name. */
export type EventParameters = Readonly<Record<string, unknown>>

/**
 * The one list of event names. Parsing, activity, bounces, conversions, the API and the docs all read it.
 *
 * The order is stored: the position of an event is its id in the tables and its bit in the `events` mask of a session.
 * Append at the end; never reorder or remove.
 *
 * @see https://developers.google.com/analytics/devguides/collection/ga4/reference/events names and parameters
 */
export interface EventDefinition {
  readonly name: string
  /** One sentence: when the event happens. */
  readonly help: string
  /** False if the event never begins or extends a session, however it is sent. */
  readonly activity?: false
  /** True if the event is a conversion on every site. */
  readonly conversion?: true
  /** True for events of money: `settings.purchases` can leave out those that only a browser sent. */
  readonly money?: true
  /** True if browsers may send it only with `settings.browser_money`. */
  readonly serverOnly?: true
  /** Required parameters; an event without one of them is rejected. */
  readonly requires?: readonly string[]
  /** An example of its parameters. */
  readonly example?: EventParameters
}

const ITEMS = [{ item_id: 'MUG', item_name: 'Mug', price: 20, quantity: 2 }]
const GOODS = { currency: 'EUR', value: 40, items: ITEMS }
const EMAIL = { email_id: 'spring-1', campaign: 'spring' }

export const EVENTS = [
  { name: 'page_view', help: 'A page was viewed.' },
  { name: 'view_item_list', help: 'A list of items was shown.', example: { items: ITEMS } },
  { name: 'select_item', help: 'An item was selected from a list.', example: { items: ITEMS } },
  { name: 'view_item', help: 'An item was viewed.', example: GOODS },
  { name: 'add_to_cart', help: 'Items were added to the cart.', example: GOODS },
  { name: 'remove_from_cart', help: 'Items were removed from the cart.', example: GOODS },
  { name: 'view_cart', help: 'The cart was viewed.', example: GOODS },
  { name: 'begin_checkout', help: 'A checkout was started.', example: GOODS },
  { name: 'add_shipping_info', help: 'A shipping method was chosen in a checkout.', example: GOODS },
  { name: 'add_payment_info', help: 'A payment method was chosen in a checkout.', example: GOODS },
  {
    name: 'purchase',
    help: 'An order was placed.',
    conversion: true,
    money: true,
    requires: ['transaction_id'],
    example: { transaction_id: 'T1', ...GOODS },
  },
  {
    name: 'refund',
    help: 'Money of an order was refunded.',
    activity: false,
    money: true,
    serverOnly: true,
    example: { transaction_id: 'T1' },
  },
  { name: 'generate_lead', help: 'A visitor left contact details.', conversion: true },
  { name: 'lead_qualified', help: 'A lead was accepted by sales.' },
  { name: 'sign_up', help: 'An account was created.', conversion: true },
  { name: 'login', help: 'A user signed in.' },
  { name: 'trial_start', help: 'A trial was started.', conversion: true },
  {
    name: 'subscription_start',
    help: 'A subscription was started.',
    conversion: true,
    money: true,
    example: { price: 20, interval: 'month' },
  },
  {
    name: 'subscription_change',
    help: 'The price or plan of a subscription changed.',
    activity: false,
    money: true,
    serverOnly: true,
    example: { price: 40, interval: 'month' },
  },
  { name: 'subscription_cancel', help: 'A subscription was cancelled.', money: true, serverOnly: true },
  {
    name: 'feature_used',
    help: 'A feature of the product was used.',
    requires: ['feature'],
    example: { feature: 'export' },
  },
  {
    name: 'guide_start',
    help: 'An onboarding guide was started.',
    requires: ['guide_id'],
    example: { guide_id: 'welcome', step_count: 5 },
  },
  {
    name: 'guide_step',
    help: 'A step of an onboarding guide was viewed.',
    requires: ['guide_id', 'step'],
    example: { guide_id: 'welcome', step: 1, step_count: 5 },
  },
  {
    name: 'guide_complete',
    help: 'An onboarding guide was completed.',
    requires: ['guide_id'],
    example: { guide_id: 'welcome' },
  },
  {
    name: 'guide_dismiss',
    help: 'An onboarding guide was closed before its end.',
    requires: ['guide_id'],
    example: { guide_id: 'welcome' },
  },
  { name: 'survey_response', help: 'A survey was answered.', example: { survey_id: 'autumn', kind: 'nps', score: 9 } },
  { name: 'file_download', help: 'A file was downloaded.' },
  { name: 'outbound_click', help: 'A link to another site was followed.' },
  { name: 'search', help: 'The site was searched.', example: { search_term: 'mug' } },
  { name: 'email_sent', help: 'An email was sent.', activity: false, example: EMAIL },
  { name: 'email_delivered', help: 'An email was delivered.', activity: false, example: EMAIL },
  { name: 'email_open', help: 'An email was opened.', example: EMAIL },
  { name: 'email_click', help: 'A link in an email was followed.', example: EMAIL },
  { name: 'goal', help: 'A goal of the site was reached.' },
] as const satisfies readonly EventDefinition[]

export type EventName = (typeof EVENTS)[number]['name']

const ids = new Map<string, number>(EVENTS.map((event, id) => [event.name, id]))

/**
 * The stored id of a known event, `undefined` for a custom one.
 * @example eventId('page_view') // 0
 */
export const eventId = (name: string): number | undefined => ids.get(name)

/**
 * The definition of a known event, `undefined` for a custom one.
 * @example eventDefinition('refund')?.activity // false
 */
export const eventDefinition = (name: string): EventDefinition | undefined => EVENTS[ids.get(name) ?? -1]

/**
 * The stored id of a known event; the compiler checks the name.
 * @example knownEvent('purchase') // 10
 */
export const knownEvent = (name: EventName): number => ids.get(name) as number

/** The first id of custom events; known events have smaller ones. */
export const FIRST_CUSTOM_EVENT = 1000
