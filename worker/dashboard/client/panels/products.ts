import type { Row } from '../../../../shared/question'
import type { View } from '../../address'
import { about } from '../../questions'
import { barred } from '../bar'
import { groupText } from '../dimension'
import { type Child, h } from '../dom'
import { number } from '../format'
import { chosen, optionLinks } from '../options'
import { asked } from '../panel'
import { refill } from '../refill'
import { empty, notes } from '../states'
import { table } from '../table'
import { hrefOf, withOwn } from '../view'

const METRIC = 'events'
const ADD = 'add_to_cart'
const BUY = 'purchase'

/** Of pairs of a product and what was done with it. */
const MOST_PAIRS = 2_000
const FEW = 10
const MANY = 100

interface Product {
  readonly item: string
  readonly added: number
  readonly bought: number
  /** How much oftener it was added than bought. */
  readonly left: number
}

const ORDERS = [
  { value: 'added', text: 'Most added' },
  { value: 'left', text: 'Most left' },
] as const

const productsOf = (rows: readonly Row[]): Product[] => {
  const counts = new Map<string, Record<string, number>>()
  for (const { dimensions, metrics } of rows) {
    const { item = '', event = '' } = dimensions ?? {}
    counts.set(item, { ...counts.get(item), [event]: metrics[METRIC]?.value ?? 0 })
  }
  return [...counts].map(([item, { [ADD]: added = 0, [BUY]: bought = 0 }]) => ({
    item,
    added,
    bought,
    left: Math.max(0, added - bought),
  }))
}

const HEADS = [
  { text: 'Product' },
  { text: 'Added', help: 'How often it was put into a cart', number: true },
  { text: 'Bought', help: 'In how many purchases it was', number: true },
  { text: 'Left', help: 'How much oftener it was added than bought', number: true },
]

const drawTable = (products: readonly Product[], by: 'added' | 'left', view: View): Child[] => {
  const sorted = products.filter(product => product[by] > 0).sort((a, b) => b[by] - a[by])
  if (sorted.length === 0) return [empty('Everything that was put into a cart was bought as often.')]
  const most = view.own.products === 'more' ? MANY : FEW
  const largest = sorted[0]?.[by] ?? 0
  const rows = sorted
    .slice(0, most)
    .map(product => [
      barred(groupText('item', product.item), product[by] / largest),
      number(product.added),
      number(product.bought),
      number(product.left),
    ])
  const link = (products: string | null, text: string) =>
    h('a', { class: 'more', href: hrefOf(withOwn({ products })), 'data-view': true }, text)
  const more = sorted.length > FEW && link('more', `Show up to ${MANY}`)
  return [table('Products', HEADS, rows), most === MANY ? link(null, `Show the first ${FEW}`) : more]
}

const NONE =
  'Nothing with a product was put into a cart or bought in this period. Send add_to_cart and purchase with items, each with an item_id; or choose a longer period.'

/** What is put into carts, and what is not bought as often. */
export const products = asked({
  questions: view => {
    const { compare: _, filters, ...rest } = about(view)
    return [
      {
        ...rest,
        filters: [...filters, ['is', 'event', [ADD, BUY]]],
        metrics: [METRIC],
        dimensions: ['item', 'event'],
        limit: MOST_PAIRS,
      },
    ]
  },
  draw: (body, [answer], view) => {
    const rows = answer?.rows ?? []
    if (rows.length === 0) return refill(body, empty(NONE))
    const order = chosen(ORDERS, view.own.products_by)
    const cut =
      rows.length === MOST_PAIRS &&
      h('p', { class: 'note' }, 'Products that are hardly ever added or bought are left out.')
    refill(
      body,
      optionLinks('Order', 'products_by', ORDERS, order),
      ...drawTable(productsOf(rows), order.value, view),
      cut,
      ...notes(answer),
    )
  },
})
