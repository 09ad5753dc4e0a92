import { textId } from '../compactMap.ts'
import type { ImportedEvent } from '../importFormat.ts'
import { ga4Device } from './ga4Device.ts'
import { ga4EventName, ga4NoEvent } from './ga4EventName.ts'
import type { Ga4Pages } from './ga4Pages.ts'
import { type Ga4Row, type Ga4Value, itemsOf, parametersOf, textAt } from './ga4Row.ts'
import { withCampaign } from './withCampaign.ts'

/** Parameters that are known by other means, or mean nothing outside of Google Analytics. */
const INTERNAL =
  /^(?:page_(?:location|referrer|title)|ga_session_\w+|engage(?:d_session_event|ment_time_msec)|session_engaged|entrances|ignore_referrer|debug_mode|percent_scrolled|source|medium|campaign|campaign_id|term|content|gclid|dclid|srsltid|gad_source|batch_\w+|firebase_\w+|synthetic_bundle)$/

const propertiesOf = (parameters: ReadonlyMap<string, Ga4Value>): Record<string, Ga4Value> =>
  Object.fromEntries([...parameters].filter(([name, value]) => !INTERNAL.test(name) && value !== '(not set)'))

/** Fields of an order that have their own columns. */
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
  if (name === '' || !(Number(row.event_timestamp) > 0)) return 'rows that are not Google Analytics events'
  const platform = textAt(row, 'platform')
  if (platform !== '' && platform !== 'WEB') return 'events of apps'
  const noEvent = ga4NoEvent(name)
  if (noEvent !== undefined) return noEvent
  const hasVisitorId = textAt(row, 'user_pseudo_id') !== '' || textAt(row, 'user_id') !== ''
  return hasVisitorId ? null : 'events without a visitor id (consent denied)'
}

/** An event of Google Analytics, or why it is not imported. */
export const ga4Event = (
  row: Ga4Row,
  pages: Ga4Pages,
  /** How many events with this content came before. */
  copies: (content: string) => number,
): ImportedEvent | string => {
  const reason = reasonOf(row)
  if (reason !== null) return reason
  const name = ga4EventName(textAt(row, 'event_name'))
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
