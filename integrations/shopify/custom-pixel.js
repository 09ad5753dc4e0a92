// Footfall for Shopify's checkout. Fill in these two lines. See docs/integrations/shopify.md for where to paste the file.
const ENDPOINT = 'https://stats.example.com/v1/e'
const SITE = 'shop.example'

const amount = money => Number(money?.amount ?? 0)

const record = async (name, { data: { checkout }, context, timestamp }) => {
  if ((await browser.localStorage.getItem('footfall_ignore')) === 'true') return
  const { order, currencyCode, delivery, shippingLine, totalPrice, totalTax } = checkout
  const options = delivery?.selectedDeliveryOptions ?? [{ costAfterDiscounts: shippingLine?.price }]
  const shipping = options.reduce((sum, option) => sum + amount(option.costAfterDiscounts), 0)
  const parameters = {
    transaction_id: order?.id?.split('/').pop(),
    currency: currencyCode,
    value: Math.max(0, amount(totalPrice) - amount(totalTax) - shipping),
    tax: amount(totalTax),
    shipping,
    items: checkout.lineItems.map(({ variant, title, quantity, finalLinePrice }) => ({
      item_id: variant?.id,
      item_name: title,
      item_variant: variant?.title,
      price: amount(finalLinePrice) / quantity || amount(variant?.price),
      quantity,
    })),
  }
  // The URL of a checkout contains its secret, so the event gets one that all checkouts share.
  const { location, referrer } = context.document
  const event = { i: Math.floor(Math.random() * 2 ** 31), t: Date.parse(timestamp), k: name, o: parameters }
  await fetch(ENDPOINT, {
    method: 'POST',
    keepalive: true,
    credentials: 'omit',
    body: JSON.stringify({
      v: 1,
      s: SITE,
      n: Date.now(),
      p: navigator.globalPrivacyControl || (await browser.localStorage.getItem('footfall_id')) || false,
      e: [{ ...event, u: `${location.origin}/checkout`, r: referrer }],
    }),
  })
}

analytics.subscribe('checkout_started', event => record('begin_checkout', event))
analytics.subscribe('payment_info_submitted', event => record('add_payment_info', event))
analytics.subscribe('checkout_completed', event => record('purchase', event))
