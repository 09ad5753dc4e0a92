import { textId } from '../compactMap.ts'
import type { ImportedEvent } from '../importFormat.ts'
import { ga4Device } from './ga4Device.ts'
import type { Ga4Pages } from './ga4Pages.ts'
import { type Ga4Row, type Ga4Value, itemsOf, parametersOf, textAt } from './ga4Row.ts'
import { withCampaign } from './withCampaign.ts'

/** Events of Google Analytics that have another name here. */
const NAMES: Readonly<Record<string, string>> = { click: 'outbound_click', view_search_results: 'search' }

/** Events that are no events here, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  session_start: 'session_start events: sessions are derived from page views and events',
  first_visit: 'first_visit events: new visitors are derived from their first session',
  user_engagement: 'user_engagement events: their time is the visible time of page views',
  scroll: 'scroll events: they are the scroll depth of page views',
}

/** Parameters that are known by other means, or mean nothing outside of Google Analytics. */
const INTERNAL =
  /^(?:page_(?:location|referrer|title)|ga_session_\w+|engage(?:d_session_event|ment_time_msec)|session_engaged|entrances|ignore_referrer|debug_mode|percent_scrolled|source|medium|campaign|campaign_id|term|content|gclid|dclid|srsltid|gad_source|batch_\w+|firebase_\w+|synthetic_bundle)$/

const propertiesOf = (parameters: ReadonlyMap<string, Ga4Value>): Record<string, Ga4Value> =>
  Object.fromEntries([...parameters].filter(([name, value]) => !INTERNAL.test(name) && value !== '(not set)'))

/** What an order has in columns of its own. */
const orderOf = (row: Ga4Row) => {
  const field = (name: string) => textAt(row, 'ecommerce', name) || undefined
  return { transaction_id: field('transaction_id'), tax: field('tax_value'), shipping: field('shipping_value') }
}

/** A text that is equal only for the same event: the export gives no ids. */
const contentOf = (row: Ga4Row): string =>
  textId(
    JSON.stringify([
      row.user_pseudo_id,
      row.event_timestamp,
      row.event_name,
      row.event_bundle_sequence_id,
      row.batch_ordering_id,
      row.batch_event_index,
      row.event_params,
      row.items,
    ]),
  )

/** Why a row is no event, `null` if it is one. */
const reasonOf = (row: Ga4Row): string | null => {
  const name = textAt(row, 'event_name')
  if (name === '' || !(Number(row.event_timestamp) > 0)) return 'rows that are no events of Google Analytics'
  const platform = textAt(row, 'platform')
  if (platform !== '' && platform !== 'WEB') return 'events of apps'
  if (Object.hasOwn(LEFT_OUT, name)) return LEFT_OUT[name] ?? null
  const isSomebody = textAt(row, 'user_pseudo_id') !== '' || textAt(row, 'user_id') !== ''
  return isSomebody ? null : 'events without an id of the visitor, who did not agree to one'
}

/** An event of Google Analytics, or why it does not come along. */
export const ga4Event = (
  row: Ga4Row,
  pages: Ga4Pages,
  /** How many events with this content came before. */
  copies: (content: string) => number,
): ImportedEvent | string => {
  const reason = reasonOf(row)
  if (reason !== null) return reason
  const sent = textAt(row, 'event_name')
  const name = NAMES[sent] ?? sent
  const parameters = parametersOf(row)
  const content = contentOf(row)
  const referrer = String(parameters.get('page_referrer') ?? '')
  const address = String(parameters.get('page_location') ?? '')
  return {
    id: `ga4-${content}-${copies(content)}`,
    name,
    time: Math.floor(Number(row.event_timestamp) / 1000),
    visitor_id: textAt(row, 'user_pseudo_id') || undefined,
    user_id: textAt(row, 'user_id') || undefined,
    url: address === '' ? undefined : withCampaign(address, row),
    referrer: referrer || undefined,
    ...ga4Device(row),
    ...(name === 'page_view'
      ? pages.take(row, parameters)
      : { items: itemsOf(row), ...orderOf(row), properties: propertiesOf(parameters) }),
  }
}
