/** An entry of `dataLayer`: an object as Google Tag Manager takes it, or the arguments of a call of `gtag`. */
interface Entry {
  readonly [index: number]: unknown
  readonly event?: unknown
  readonly ecommerce?: object
}

/**
 * The events of Google Analytics 4 that a shop or a sign-up form sends, without `refund`, which browsers may not.
 * @see https://developers.google.com/analytics/devguides/collection/ga4/reference/events
 */
const EVENT =
  /^(add_(payment_info|shipping_info|to_(cart|wishlist))|begin_checkout|generate_lead|login|purchase|remove_from_cart|search|select_(item|promotion)|sign_up|view_(cart|item(_list)?|promotion))$/

/** Their parameters. Other fields of an entry, which may name a person, stay on the page. */
const PARAMETERS =
  'coupon currency item_list_id item_list_name items method payment_type promotion_id promotion_name search_term shipping shipping_tier tax transaction_id value'

// biome-ignore lint/suspicious/noAssignInExpressions: fewer bytes than a statement
const layer = ((window as { dataLayer?: Entry[] }).dataLayer ||= [])

const read = (entry: Entry) => {
  const isCall = entry[0] === 'event'
  const name = (isCall ? entry[1] : entry.event) as string
  // A marked element of the page records this event itself, and the module "cart" what is added to and removed from the cart.
  if (!EVENT.test(name) || document.querySelector(`[data-footfall=${name}],[data-modules*=${name.split('_')[2]}]`))
    return
  const given = { ...((isCall ? entry[2] : entry) as Entry), ...entry.ecommerce }
  const properties: Record<string, unknown> = {}
  for (const parameter of PARAMETERS.split(' ')) properties[parameter] = given[parameter as 'event']
  document.footfall?.(name, properties)
}

const guarded = (entry: Entry) => {
  try {
    read(entry)
  } catch {}
}

const push = layer.push
layer.push = function (...entries: Entry[]) {
  const result = push.apply(this, entries)
  entries.map(guarded)
  return result
}
// What was pushed before. Those that Tag Manager has read stay in the list.
layer.map(guarded)

export {}
