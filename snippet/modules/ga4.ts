/** An entry of `dataLayer`: an object for Google Tag Manager, or the arguments of a `gtag` call. */
interface Entry {
  readonly [index: number]: unknown
  readonly event?: unknown
  readonly ecommerce?: object
}

/**
 * The Google Analytics 4 events of shops and sign-up forms, without `refund`, which browsers may not send.
 * @see https://developers.google.com/analytics/devguides/collection/ga4/reference/events
 */
const EVENT =
  /^(add_(payment_info|shipping_info|to_(cart|wishlist))|begin_checkout|generate_lead|login|purchase|remove_from_cart|search|select_(item|promotion)|sign_up|view_(cart|item(_list)?|promotion))$/

/** Their parameters. Other fields of an entry, which may identify a person, stay on the page. */
const PARAMETERS =
  'coupon currency item_list_id item_list_name items method payment_type promotion_id promotion_name search_term shipping shipping_tier tax transaction_id value'

// biome-ignore lint/suspicious/noAssignInExpressions: fewer bytes than a statement
const layer = ((window as { dataLayer?: Entry[] }).dataLayer ||= [])

const read = (entry: Entry) => {
  const isCall = entry[0] === 'event'
  const name = (isCall ? entry[1] : entry.event) as string
  // An element with `data-footfall` records this event itself, and the module "cart" records changes to the cart.
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
// Earlier pushes. Entries stay in the list after Tag Manager has read them.
layer.map(guarded)

export {}
