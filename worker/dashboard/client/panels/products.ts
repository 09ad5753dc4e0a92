import { type CsvColumn, csvOf } from '../../../../shared/csv'
import type { Row } from '../../../../shared/question'
import type { View } from '../../address'
import { about } from '../../questions'
import { emptyState } from '../components/emptyState'
import { type Child, h } from '../components/h'
import { labelWithBar } from '../components/labelWithBar'
import { chosenOption, optionLinks } from '../components/optionLinks'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { table } from '../components/table'
import { warnings } from '../components/warnings'
import { groupText } from '../format/groupText'
import { number } from '../format/number'
import { hrefOf, withOwn } from '../state/view'

const METRIC = 'events'
const ADD = 'add_to_cart'
const PURCHASE = 'purchase'

/** Pairs of product and event. */
const MOST_PAIRS = 2_000
const FEW = 10
const MANY = 100

interface Product {
  readonly item: string
  readonly added: number
  readonly purchased: number
  /** Adds to cart minus purchases. */
  readonly abandoned: number
}

const ORDERS = [
  { value: 'added', text: 'Most added' },
  { value: 'abandoned', text: 'Most abandoned' },
] as const

const productsOf = (rows: readonly Row[]): Product[] => {
  const counts = new Map<string, Record<string, number>>()
  for (const { dimensions, metrics } of rows) {
    const { item = '', event = '' } = dimensions ?? {}
    counts.set(item, { ...counts.get(item), [event]: metrics[METRIC]?.value ?? 0 })
  }
  return [...counts].map(([item, { [ADD]: added = 0, [PURCHASE]: purchased = 0 }]) => ({
    item,
    added,
    purchased,
    abandoned: Math.max(0, added - purchased),
  }))
}

const HEADS = [
  { text: 'Product' },
  { text: 'Added', help: 'Adds to cart', number: true },
  { text: 'Purchased', help: 'Purchases that include it', number: true },
  { text: 'Abandoned', help: 'Adds to cart minus purchases', number: true },
]

type Order = (typeof ORDERS)[number]['value']

const orderOf = ({ own }: View): (typeof ORDERS)[number] => chosenOption(ORDERS, own.products_by)

const sorted = (rows: readonly Row[], by: Order): Product[] =>
  productsOf(rows)
    .filter(product => product[by] > 0)
    .sort((a, b) => b[by] - a[by])

const drawTable = (products: readonly Product[], by: Order, view: View): Child[] => {
  if (products.length === 0) return [emptyState('No product was added to a cart more often than it was purchased.')]
  const most = view.own.products === 'more' ? MANY : FEW
  const largest = products[0]?.[by] ?? 0
  const rows = products
    .slice(0, most)
    .map(product => [
      labelWithBar(groupText('item', product.item), product[by] / largest),
      number(product.added),
      number(product.purchased),
      number(product.abandoned),
    ])
  const link = (products: string | null, text: string) =>
    h('a', { class: 'more', href: hrefOf(withOwn({ products })), 'data-view': true }, text)
  const more = products.length > FEW && link('more', 'Show more')
  return [table('Products', HEADS, rows), most === MANY ? link(null, 'Show less') : more]
}

const NONE =
  'No product was added to a cart or purchased in this period. Send add_to_cart and purchase with items, each with an item_id.'

const COLUMNS: readonly CsvColumn<Product>[] = [
  { name: 'item', of: ({ item }) => item },
  { name: 'added_to_cart', of: ({ added }) => added },
  { name: 'purchased', of: ({ purchased }) => purchased },
  { name: 'abandoned', of: ({ abandoned }) => abandoned },
]

/** Adds to cart and purchases by product. */
export const products = queryPanel({
  questions: view => {
    const { compare: _, filters, ...rest } = about(view)
    return [
      {
        ...rest,
        filters: [...filters, ['is', 'event', [ADD, PURCHASE]]],
        metrics: [METRIC],
        dimensions: ['item', 'event'],
        limit: MOST_PAIRS,
      },
    ]
  },
  draw: (body, [answer], view) => {
    const rows = answer?.rows ?? []
    if (rows.length === 0) return refill(body, emptyState(NONE))
    const order = orderOf(view)
    const note =
      rows.length === MOST_PAIRS &&
      h('p', { class: 'note' }, 'Products that are rarely added or purchased are not shown.')
    refill(
      body,
      optionLinks('Sort by', 'products_by', ORDERS, order),
      ...drawTable(sorted(rows, order.value), order.value, view),
      note,
      ...warnings(answer),
    )
  },
  csv: ([answer], view) => csvOf(COLUMNS, sorted(answer?.rows ?? [], orderOf(view).value)),
})
