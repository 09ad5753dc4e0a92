import { LIMITS } from '../../../../shared/limits'
import { PROPERTY_CODE } from '../../../../shared/wire'

/** The reason why something was not counted, in plain words. */
export interface Exclusion {
  readonly title: string
  /** What the owner can do about it. */
  readonly advice: string
  /** Filtered on purpose, or rejected because it is malformed. */
  readonly kind: 'filtered' | 'rejected'
}

const filtered = (title: string, advice: string): Exclusion => ({ title, advice, kind: 'filtered' })
const rejected = (title: string, advice: string): Exclusion => ({ title, advice, kind: 'rejected' })

const OWN_FILTER = 'Nothing to do. Your traffic filters exclude them.'

/** By the API's reason code. */
const EXCLUSIONS: Readonly<Record<string, Exclusion>> = {
  bot: filtered('Bots and scripts', 'Nothing to do. Crawlers, scripts and headless browsers are not visitors.'),
  prefetch: filtered('Preloaded pages', 'Nothing to do. A page counts once the visitor opens it.'),
  datacenter: filtered(
    'Hosting networks',
    'Nothing to do. If your own team browses through a hosted VPN, turn it off to be counted.',
  ),
  referrer_spam: filtered('Referrer spam', 'Nothing to do. These sites only visit to appear among your referrers.'),
  gpc: filtered(
    'Global Privacy Control',
    'Nothing to do. You can choose in Settings whether these visitors are counted. They are never linked to a user.',
  ),
  filtered_ip: filtered('Filtered IP addresses', OWN_FILTER),
  filtered_country: filtered('Filtered countries', OWN_FILTER),
  filtered_hostname: filtered('Filtered hosts', OWN_FILTER),
  filtered_page: filtered('Filtered pages', OWN_FILTER),
  filtered_browser: filtered('Filtered browsers', OWN_FILTER),
  filtered_visitor: filtered('Filtered visitors', OWN_FILTER),
  duplicate: filtered('Repeated events', 'Nothing to do. Each event ID and transaction ID counts once.'),
  server_only: filtered(
    'Refunds and subscription changes from browsers',
    'Send them from your server with a write key, or accept them from browsers in Settings.',
  ),
  foreign_hostname: rejected(
    'Pages on another host',
    'If the host is yours, add it in Settings. Otherwise another site uses your script tag.',
  ),
  rate_limited: rejected(
    'Too many requests from one client',
    `Look for a loop that sends more than ${LIMITS.recordsPerMinute} records a minute; send bulk data to POST /api/v1/events. Counted at most once per minute.`,
  ),
  too_many_bytes: rejected(
    'Too many bytes from one client',
    `Look for a page that sends more than ${LIMITS.bytesPerMinute / 1_000_000} MB a minute, such as long properties in a loop. Counted at most once per minute.`,
  ),
  daily_bytes: rejected(
    'Daily limit reached',
    'If the traffic is real, raise the daily limit in Settings. Counted at most once per minute.',
  ),
  too_old: rejected(
    'Events that are too old',
    'Browsers can send events up to a day old. Send older ones to POST /api/v1/events, within the site’s data retention.',
  ),
  time_in_future: rejected('Time in the future', 'Check the clock and time zone of the device or server that sent it.'),
  bad_time: rejected(
    'Unreadable time',
    'Send ISO 8601 with a time zone, like 2026-01-31T12:00:00Z, or epoch milliseconds.',
  ),
  bad_url: rejected('Invalid page address', 'Send the full address, like https://shop.example/cart.'),
  url_too_long: rejected('Page address too long', `Shorten the address to ${LIMITS.url} characters.`),
  bad_shape: rejected('Malformed requests', 'Compare the request with docs/wire.md, or send it with the script tag.'),
  bad_json: rejected('Unreadable JSON', 'Send one JSON object per line, without line breaks inside.'),
  missing_name: rejected('Event without a name', 'Send the name of the event.'),
  missing_identity: rejected('Event without a visitor', 'Send visitor_id, user_id, or ip with user_agent.'),
  missing_price: rejected('Subscription without a price', 'Send price, or value for the whole interval.'),
  empty: rejected('Empty identifier', 'Leave the field out, or fill it in.'),
  wrong_type: rejected(
    'Value of the wrong type',
    'Send numbers, strings, lists and objects as such. "40.00" counts as a number; "€40" and "40,00" do not.',
  ),
  too_long: rejected('Text too long', 'Shorten names and values to the limits in docs/wire.md.'),
  control_characters: rejected(
    'Control characters',
    'Remove line breaks, tabs and other control characters from strings.',
  ),
  out_of_range: rejected(
    'Number out of range',
    'Check quantities, steps and seconds against the limits in docs/wire.md.',
  ),
  not_whole: rejected('Fraction instead of a whole number', 'Send a whole number.'),
  bad_property_name: rejected(
    'Invalid property name',
    `Use at most ${LIMITS.propertyName} characters and no control characters.`,
  ),
  too_many_properties: rejected('Too many properties', `Send at most ${LIMITS.propertiesPerEvent} per event.`),
  too_many_items: rejected('Too many items', `Send at most ${LIMITS.itemsPerEvent} per event.`),
  negative_amount: rejected('Negative amount', 'Send amounts as positive numbers, and money you return as a refund.'),
  amount_too_large: rejected('Amount too large', 'Send the amount in major units, such as euros instead of cents.'),
  unknown_currency: rejected('Unknown currency', 'Send an ISO 4217 code, like EUR.'),
  bad_country: rejected('Unknown country', 'Send a two-letter ISO 3166 code, like SE.'),
  bad_device: rejected('Unknown device', 'Send desktop, mobile, tablet or tv.'),
  refund_too_large: rejected('Refund larger than its order', 'Check the value and transaction_id of the refund.'),
  bad_score: rejected('Invalid survey score', 'Send 0 to 10 for nps and 1 to 5 for csat.'),
  bad_interval: rejected('Unknown subscription interval', 'Send one of the intervals in docs/wire.md.'),
  bad_status: rejected('Unknown subscription status', 'Send one of the statuses in docs/wire.md.'),
}

const MISSING = /^missing_(.+)$/

const omitted = (code: string): Exclusion => {
  const name = decodeURIComponent(code.slice(PROPERTY_CODE.length))
  return rejected(
    name === '(other)' ? 'More invalid properties' : `Invalid property “${name}”`,
    `Events count without it. Send a string of up to ${LIMITS.propertyValue} characters, a finite number, true or false, and amounts like 40 or "40.00" in a known currency.`,
  )
}

/**
 * Describes a reason code. Codes of required and of invalid properties name the property; unknown codes are shown as they are.
 * @example exclusionOf('missing_transaction_id').title // 'Event without transaction_id'
 */
export const exclusionOf = (reason: string): Exclusion => {
  const [, property] = MISSING.exec(reason) ?? []
  const known = Object.hasOwn(EXCLUSIONS, reason) ? EXCLUSIONS[reason] : undefined
  if (known) return known
  if (reason.startsWith(PROPERTY_CODE)) return omitted(reason)
  if (property) return rejected(`Event without ${property}`, `Send ${property} with every event that requires it.`)
  return rejected(reason, 'Send the event again with data-debug on the script tag. The console shows what is wrong.')
}
