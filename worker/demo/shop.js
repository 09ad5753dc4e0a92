const SHIPPING = 5
const FREE_SHIPPING_FROM = 60
const TAX_RATE = 0.08

// Queues calls until s.js has loaded. If it never does, the shop works all the same.
window.footfall ||= (...call) => {
  window.footfall.q = [...(window.footfall.q ?? []), call]
}

const find = selector => document.querySelector(selector)
const read = name => JSON.parse(localStorage.getItem(`waymark-${name}`))
const keep = (name, value) => localStorage.setItem(`waymark-${name}`, JSON.stringify(value))
const dollars = amount => amount.toLocaleString('en-US', { style: 'currency', currency: 'USD' })
const cart = () => read('cart') ?? []

const sums = items => {
  const value = items.reduce((sum, { price, quantity }) => sum + price * quantity, 0)
  const shipping = value < FREE_SHIPPING_FROM ? SHIPPING : 0
  const tax = Math.round(value * TAX_RATE * 100) / 100
  return { currency: 'USD', value, tax, shipping }
}

/** The product of a button, from the same attributes that the script reads. */
const itemOf = ({ footfallItemId, footfallItemName, footfallPrice }) => ({
  item_id: footfallItemId,
  item_name: footfallItemName,
  price: Number(footfallPrice),
  quantity: 1,
})

const change = (item, by) => {
  const items = cart()
  const known = items.find(({ item_id }) => item_id === item.item_id)
  if (known) known.quantity += by
  else if (by > 0) items.push(item)
  keep(
    'cart',
    items.filter(({ quantity }) => quantity > 0),
  )
}

const ACTIONS = { add_to_cart: [1, 'Added to your cart'], remove_from_cart: [-1, 'Removed from your cart'] }

let silence
const say = text => {
  clearTimeout(silence)
  find('[data-status]').textContent = text
  silence = setTimeout(() => find('[data-status]').replaceChildren(), 5000)
}

const line = ({ item_id, item_name, price, quantity }) => {
  const row = find('#line').content.cloneNode(true)
  const name = row.querySelector('[data-name]')
  name.textContent = item_name
  if (name.href) name.href = `/demo/product/${item_id}`
  row.querySelector('[data-each]').textContent = `${quantity} × ${dollars(price)}`
  const remove = row.querySelector('button')
  if (remove) {
    const { dataset } = remove
    dataset.footfallItemId = item_id
    dataset.footfallItemName = item_name
    dataset.footfallPrice = dataset.footfallValue = price
    remove.ariaLabel = `Remove one: ${item_name}`
  }
  return row
}

const showTotals = ({ value, tax, shipping }) => {
  const rows = { Subtotal: value, Tax: tax, Shipping: shipping, Total: value + tax + shipping }
  const cells = Object.entries(rows).flatMap(([name, amount]) => {
    const term = document.createElement('dt')
    const sum = document.createElement('dd')
    term.textContent = name
    sum.textContent = dollars(amount)
    return [term, sum]
  })
  find('[data-totals]').replaceChildren(...cells)
}

const showCart = () => {
  const items = cart()
  find('[data-cart-count]').textContent = items.reduce((sum, { quantity }) => sum + quantity, 0)
  if (!find('[data-cart-full]')) return
  find('[data-cart-full]').hidden = items.length === 0
  find('[data-cart-empty]').hidden = items.length > 0
  find('[data-cart-lines]').replaceChildren(...items.map(line))
  showTotals(sums(items))
}

const viewItem = () => {
  const items = [itemOf(find('[data-view-item] [data-footfall]').dataset)]
  const { currency, value } = sums(items)
  // Not an interaction: a visitor who only lands here and leaves is still a bounce.
  window.footfall('view_item', { currency, value, items, interactive: false })
}

const beginCheckout = () => {
  const items = cart()
  if (items.length === 0 || read('begun')) return
  const { currency, value } = sums(items)
  window.footfall('begin_checkout', { currency, value, items })
  keep('begun', true)
}

const placeOrder = event => {
  event.preventDefault()
  const items = cart()
  keep('order', { transaction_id: `demo-${Date.now().toString(36)}`, ...sums(items), items })
  keep('cart', [])
  keep('begun', false)
  location.assign(event.target.action)
}

const thank = () => {
  const order = read('order')
  if (!order) return
  find('[data-order-none]').hidden = true
  find('[data-order]').hidden = false
  find('[data-order-id]').textContent = order.transaction_id
  showTotals(order)
  if (read('counted') === order.transaction_id) return
  keep('counted', order.transaction_id)
  window.footfall('purchase', order)
}

document.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-footfall]')
  const [by, outcome] = ACTIONS[button?.dataset.footfall] ?? []
  if (!by) return
  const item = itemOf(button.dataset)
  change(item, by)
  showCart()
  say(`${outcome}: ${item.item_name}`)
  find(`[data-footfall-item-id="${item.item_id}"]`)?.focus()
})

for (const link of document.querySelectorAll('header nav a')) {
  if (link.pathname === location.pathname) link.ariaCurrent = 'page'
}
showCart()
if (find('[data-view-item]')) viewItem()
if (find('[data-checkout]')) beginCheckout()
find('[data-checkout]')?.addEventListener('submit', placeOrder)
if (find('[data-order]')) thank()
