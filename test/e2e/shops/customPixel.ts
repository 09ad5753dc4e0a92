import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT } from '../../../tools/project'

const PIXEL = readFileSync(join(PROJECT, 'integrations/shopify/custom-pixel.js'), 'utf8')

const usd = (amount: number) => ({ amount, currencyCode: 'USD' })

/** A checkout of two discounted coats with free delivery, in the shape of Shopify's documentation. */
const CHECKOUT = {
  currencyCode: 'USD',
  delivery: { selectedDeliveryOptions: [{ type: 'shipping', cost: usd(9), costAfterDiscounts: usd(0) }] },
  email: 'ada@example.com',
  lineItems: [
    {
      id: 'line-1',
      title: 'Red Rain Coat',
      quantity: 2,
      finalLinePrice: usd(240),
      variant: { id: '36110175633573', title: 'Small', price: usd(129), product: { id: '9', title: 'Red Rain Coat' } },
    },
  ],
  order: null,
  shippingLine: { price: usd(9) },
  subtotalPrice: usd(240),
  totalPrice: usd(260),
  totalTax: usd(20),
  token: 'secret-token',
}

/** The events of a checkout, as Shopify sends them to a pixel. */
export const checkoutEvents = (origin: string) => {
  const location = { origin, href: `${origin}/checkouts/cn/secret-token/thank-you` }
  const event = (name: string, order: object | null) => ({
    id: `sh-${name}`,
    name,
    clientId: 'client-1',
    timestamp: new Date().toISOString(),
    context: { document: { location, referrer: `${origin}/cart`, title: 'Checkout' } },
    data: { checkout: { ...CHECKOUT, order } },
  })
  return [
    event('checkout_started', null),
    event('payment_info_submitted', null),
    event('checkout_completed', { id: 'gid://shopify/OrderIdentity/5123', customer: { id: '7' } }),
  ]
}

/**
 * A page with the pixel in a frame like Shopify's for custom pixels: sandboxed, so without an origin and storage of its own,
 * and with `analytics` and `browser` instead. The page's function `publish` sends the pixel an event once it has loaded, as
 * Shopify does, and `asked` lists the keys it read from storage.
 */
export const pixelPage = (collector: string): string => {
  const frame = `<script>
    const subscribers = {}
    const analytics = { subscribe: (name, run) => { subscribers[name] = run } }
    const answers = []
    const browser = { localStorage: { getItem: name => new Promise(answer => {
      answers.push(answer)
      parent.postMessage({ name, at: answers.length - 1 }, '*')
    }) } }
    onmessage = ({ data }) => 'at' in data ? answers[data.at](data.value) : subscribers[data.name]?.(data)
  </script><script>${PIXEL.replace('https://stats.example.com', collector).replace('shop.example', 'localhost')}</script>`
  return `<body><iframe sandbox="allow-scripts allow-forms" srcdoc="${frame.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>
    <script>
      const frame = document.querySelector('iframe')
      const { contentWindow } = frame
      const loaded = new Promise(resolve => (frame.onload = resolve))
      self.asked = []
      onmessage = ({ data: { name, at } }) => {
        contentWindow.postMessage({ at, value: localStorage.getItem(name) }, '*')
        asked.push(name)
      }
      self.publish = event => loaded.then(() => contentWindow.postMessage(event, '*'))
    </script>`
}
