import { type CsvColumn, csvOf } from '../../../../shared/csv'
import type { Row } from '../../../../shared/question'
import type { View } from '../../address'
import { about } from '../../questions'
import { emptyState } from '../components/emptyState'
import { h } from '../components/h'
import { labelWithBar } from '../components/labelWithBar'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { type SortedColumn, sortedRows, sortedTable } from '../components/sortedTable'
import { warnings } from '../components/warnings'
import { groupText } from '../format/groupText'
import { number } from '../format/number'
import { hrefOf, withOwn } from '../state/view'

const METRIC = 'events'
const VIEW = 'view_item'
const ADD = 'add_to_cart'
const PURCHASE = 'purchase'

/** Pairs of product and event. */
const MOST_PAIRS = 2_000
const FEW = 10
const MANY = 100

interface Product {
  readonly item: string
  readonly viewed: number
  readonly added: number
  readonly purchased: number
  /** Adds to cart minus purchases. */
  readonly abandoned: number
}

const productsOf = (rows: readonly Row[]): Product[] => {
  const counts = new Map<string, Record<string, number>>()
  for (const { dimensions, metrics } of rows) {
    const { item = '', event = '' } = dimensions ?? {}
    counts.set(item, { ...counts.get(item), [event]: metrics[METRIC]?.value ?? 0 })
  }
  return [...counts].map(([item, { [VIEW]: viewed = 0, [ADD]: added = 0, [PURCHASE]: purchased = 0 }]) => ({
    item,
    viewed,
    added,
    purchased,
    abandoned: Math.max(0, added - purchased),
  }))
}

/** @param largest adds to cart of a product, for the bars */
const columnsOf = (largest: number): readonly SortedColumn<Product>[] => [
  {
    id: 'item',
    text: 'Product',
    value: ({ item }) => item,
    cell: ({ item, added }) => labelWithBar(groupText('item', item), largest > 0 ? added / largest : 0),
  },
  {
    id: 'viewed',
    text: 'Views',
    help: 'Product views',
    number: true,
    value: ({ viewed }) => viewed,
    cell: ({ viewed }) => number(viewed),
  },
  {
    id: 'added',
    text: 'Added',
    help: 'Adds to cart',
    number: true,
    value: ({ added }) => added,
    cell: ({ added }) => number(added),
  },
  {
    id: 'purchased',
    text: 'Purchased',
    help: 'Purchases that include the product',
    number: true,
    value: ({ purchased }) => purchased,
    cell: ({ purchased }) => number(purchased),
  },
  {
    id: 'abandoned',
    text: 'Abandoned',
    help: 'Adds to cart minus purchases',
    number: true,
    value: ({ abandoned }) => abandoned,
    cell: ({ abandoned }) => number(abandoned),
  },
]

const sortOf = (products: readonly Product[]) => ({
  columns: columnsOf(Math.max(0, ...products.map(({ added }) => added))),
  name: 'products_sort',
  usual: { by: 'added', direction: 'desc' } as const,
})

/** The products on the screen. */
const shownIn = (rows: readonly Row[], view: View): readonly Product[] => {
  const all = productsOf(rows)
  return sortedRows(sortOf(all), all, view).slice(0, view.own.products === 'more' ? MANY : FEW)
}

const more = (all: number, { own }: View): HTMLElement | false => {
  const link = (products: string | null, text: string) =>
    h('a', { class: 'more', href: hrefOf(withOwn({ products })), 'data-view': true }, text)
  if (own.products === 'more') return link(null, 'Show less')
  return all > FEW && link('more', 'View all')
}

const NONE =
  'No product was viewed, added to a cart or purchased in this period. Send view_item, add_to_cart and purchase with items, each with an item_id.'

const CSV: readonly CsvColumn<Product>[] = [
  { name: 'item', of: ({ item }) => item },
  { name: 'viewed', of: ({ viewed }) => viewed },
  { name: 'added_to_cart', of: ({ added }) => added },
  { name: 'purchased', of: ({ purchased }) => purchased },
  { name: 'abandoned', of: ({ abandoned }) => abandoned },
]

/** Views, adds to cart and purchases by product. */
export const products = queryPanel({
  questions: view => {
    const { compare: _, filters, ...rest } = about(view)
    return [
      {
        ...rest,
        filters: [...filters, ['is', 'event', [VIEW, ADD, PURCHASE]]],
        metrics: [METRIC],
        dimensions: ['item', 'event'],
        limit: MOST_PAIRS,
      },
    ]
  },
  draw: (body, [answer], view) => {
    const rows = answer?.rows ?? []
    if (rows.length === 0) return refill(body, emptyState(NONE))
    const note =
      rows.length === MOST_PAIRS &&
      h('p', { class: 'note' }, 'Products that are rarely viewed, added or purchased are not shown.')
    refill(
      body,
      sortedTable('Products', sortOf(productsOf(rows)), shownIn(rows, view), view),
      more(productsOf(rows).length, view),
      note,
      ...warnings(answer),
    )
  },
  csv: ([answer], view) => csvOf(CSV, shownIn(answer?.rows ?? [], view)),
})
