import type { Shop, ShopAnswer, ShopRequest } from './shopServer'

/** The variants, as Shopify names and prices them: in hundredths, in every currency. */
const VARIANTS: Readonly<Record<number, { title: string; price: number }>> = {
  36110175633573: { title: 'Red Rain Coat - Small', price: 12900 },
  36110175666341: { title: 'Red Rain Coat - Medium <3', price: 12950 },
}

const page = (tag: string, body: string): ShopAnswer => ({
  html: `<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,"><script>var Shopify = { routes: { root: '/' } }</script>${tag}<body>${body}
    <script>self.post = async (path, body) => (await fetch('/cart/' + path, { method: 'POST', body: new URLSearchParams(body) })).json()</script>`,
})

const PRODUCT = `
  <form method="post" action="/cart/add" accept-charset="UTF-8" enctype="multipart/form-data" novalidate>
    <input type="hidden" name="id" value="36110175633573">
    <input type="number" name="quantity" value="1">
    <button type="submit" name="add">Add to cart</button>
  </form>`

const CART = `
  <form action="/cart" method="post" id="cart">
    <a href="/cart/change?id=36110175633573&amp;quantity=0">Remove</a>
    <button type="submit" name="checkout">Check out</button>
  </form>`

/** The answer to \`/cart.js\`, without the fields that nobody reads. */
const cartJson = (cart: ReadonlyMap<number, number>, currency: string) => ({
  items: [...cart].map(([id, quantity]) => ({
    id,
    variant_id: id,
    // It changes with a discount.
    key: `${id}:${quantity}`,
    quantity,
    title: VARIANTS[id]?.title,
    price: VARIANTS[id]?.price,
    final_price: VARIANTS[id]?.price,
  })),
  currency,
})

const BACK = '<a href="/">Back to the shop</a>'

/**
 * A Shopify theme, old and new at once: forms that open another page, and the Ajax API.
 * @param checkout the checkout page, which runs no theme scripts
 */
export const shopify = (tag: string, { currency = 'CAD', checkout = BACK } = {}): Shop => {
  const cart = new Map<number, number>()
  const change = ({ url, body }: ShopRequest) => {
    const id = Number(body.get('id') ?? url.searchParams.get('id'))
    const quantity = Number(body.get('quantity') ?? url.searchParams.get('quantity') ?? 1)
    if (url.pathname.startsWith('/cart/add')) cart.set(id, (cart.get(id) ?? 0) + quantity)
    else if (quantity > 0) cart.set(id, quantity)
    else cart.delete(id)
  }
  return {
    cart,
    answer: request => {
      const path = request.url.pathname
      if (path === '/cart.js') return { json: cartJson(cart, currency) }
      if (/^\/cart\/(add|change)/.test(path)) {
        change(request)
        return path.endsWith('.js') ? { json: {} } : { to: '/cart' }
      }
      if (path === '/cart' && request.method === 'POST') {
        // The order empties it.
        cart.clear()
        return { html: checkout }
      }
      return page(tag, path === '/cart' ? CART : PRODUCT)
    },
  }
}
