import type { Shop, ShopAnswer, ShopRequest } from './shopServer'

/** The products, as WooCommerce's API names and prices them: with entities, without tax, in minor units. */
const PRODUCTS: Readonly<Record<number, { name: string; path: string; price: number }>> = {
  22: { name: 'Belt', path: '/product/belt/', price: 5500 },
  38: { name: 'Men&#8217;s Beanie &amp; Scarf', path: '/product/beanie/', price: 1800 },
}

/** Imitates WooCommerce's own scripts for links and forms. */
const SCRIPT = `
  const send = (method, url, body) => new Promise(done => {
    const request = new XMLHttpRequest()
    request.open(method, url)
    request.onload = done
    request.send(body)
  })
  addEventListener('click', event => {
    const link = event.target.closest('.ajax_add_to_cart,.remove')
    if (!link) return
    event.preventDefault()
    if (link.className === 'remove') send('GET', link.href)
    else send('POST', '/?wc-ajax=add_to_cart', new URLSearchParams({ product_id: link.dataset.product_id, quantity: 1 }))
  })
  addEventListener('submit', event => {
    if (event.target.className !== 'woocommerce-cart-form') return
    event.preventDefault()
    send('POST', event.target.action, new URLSearchParams(new FormData(event.target)))
  })
  self.addByBlock = async id => (await fetch('/wp-json/wc/store/v1/batch', { method: 'POST', body: new URLSearchParams({ id }) })).json()`

const addLink = (id: number, kind: string) =>
  `<a href="?add-to-cart=${id}" data-quantity="1" class="button product_type_simple add_to_cart_button ${kind}" data-product_id="${id}" rel="nofollow">Add to cart</a>`

const ARCHIVE = `${addLink(22, 'ajax_add_to_cart')}<p>${addLink(38, 'plain')}</p>`

const productForm = (id: number, path: string) => `
  <form class="cart" action="${path}" method="post" enctype="multipart/form-data">
    <input type="number" class="input-text qty text" name="quantity" value="1">
    <button type="submit" name="add-to-cart" value="${id}" class="single_add_to_cart_button button alt">Add to cart</button>
  </form>`

const cartForm = (cart: ReadonlyMap<number, number>) => `
  <form class="woocommerce-cart-form" action="/cart/" method="post">${[...cart].map(
    ([id, quantity]) => `
    <a href="/cart/?remove_item=${id}&amp;_wpnonce=1" class="remove" data-product_id="${id}">×</a>
    <input type="number" class="input-text qty text" name="cart[${id}][qty]" value="${quantity}">`,
  )}
    <button type="submit" class="button" name="update_cart" value="Update cart">Update cart</button>
  </form>`

/** The output of the WordPress plugin on WooCommerce's thank-you page. */
const THANKS = `<script>
  window.footfall = window.footfall || function () { (footfall.q = footfall.q || []).push(arguments) };
  footfall('purchase', {"transaction_id":"727","currency":"USD","value":54,"items":[{"item_id":38,"price":18,"quantity":3}]});
</script>`

/** The answer of the Store API to \`GET /cart\`, without the fields that nobody reads. */
const storeCart = (cart: ReadonlyMap<number, number>, currency: string) => {
  const money = { currency_code: currency, currency_minor_unit: currency === 'JPY' ? 0 : 2 }
  return {
    items: [...cart].map(([id, quantity]) => ({
      key: `key-${id}`,
      id,
      quantity,
      name: PRODUCTS[id]?.name,
      prices: { ...money, price: String(PRODUCTS[id]?.price) },
      totals: { ...money, line_total: String((PRODUCTS[id]?.price ?? 0) * quantity) },
    })),
    totals: money,
  }
}

/** WooCommerce with its classic pages and the API of its blocks. Prices are in minor units. */
export const wooCommerce = (tag: string, currency = 'USD'): Shop => {
  const cart = new Map<number, number>()
  const add = (id: number, quantity = 1) => void cart.set(id, (cart.get(id) ?? 0) + quantity)
  const change = ({ url, body }: ShopRequest) => {
    if (url.searchParams.has('add-to-cart')) add(Number(url.searchParams.get('add-to-cart')))
    if (url.searchParams.has('remove_item')) cart.delete(Number(url.searchParams.get('remove_item')))
    if (url.pathname.includes('order-received')) cart.clear()
    for (const name of ['product_id', 'add-to-cart', 'id'])
      if (body.has(name)) add(Number(body.get(name)), Number(body.get('quantity') ?? 1))
    for (const [name, quantity] of body) {
      const id = /^cart\[(\d+)\]/.exec(name)?.[1]
      if (id !== undefined) cart.set(Number(id), Number(quantity))
    }
  }
  const page = (body: string): ShopAnswer => ({
    html: `<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,"><link rel="https://api.w.org/" href="/wp-json/">${tag}<body>${body}<script>${SCRIPT}</script>`,
  })
  return {
    cart,
    answer: request => {
      change(request)
      const path = request.url.pathname
      if (path === '/wp-json/wc/store/v1/cart') return { json: storeCart(cart, currency) }
      if (path === '/wp-json/wc/store/v1/batch' || request.url.searchParams.has('wc-ajax')) return { json: {} }
      const product = Object.entries(PRODUCTS).find(([, product]) => product.path === path)
      if (product) return page(productForm(Number(product[0]), path))
      if (path.includes('order-received')) return page(THANKS)
      return page(path === '/cart/' ? cartForm(cart) : ARCHIVE)
    },
  }
}
