import { type CsvColumn, csvOf } from '../../../../shared/csv'
import type { Row } from '../../../../shared/question'
import type { View } from '../../address'
import { about } from '../../questions'
import { cartTexts } from '../../texts/cart'
import { clientFrameTexts } from '../../texts/clientFrame'
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

const { products: texts } = cartTexts
const { panels } = clientFrameTexts

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
    text: texts.product,
    value: ({ item }) => item,
    cell: ({ item, added }) => labelWithBar(groupText('item', item), largest > 0 ? added / largest : 0),
  },
  {
    id: 'viewed',
    text: texts.viewed,
    help: texts.viewedHelp,
    number: true,
    value: ({ viewed }) => viewed,
    cell: ({ viewed }) => number(viewed),
  },
  {
    id: 'added',
    text: texts.added,
    help: texts.addedHelp,
    number: true,
    value: ({ added }) => added,
    cell: ({ added }) => number(added),
  },
  {
    id: 'purchased',
    text: texts.purchased,
    help: texts.purchasedHelp,
    number: true,
    value: ({ purchased }) => purchased,
    cell: ({ purchased }) => number(purchased),
  },
  {
    id: 'abandoned',
    text: texts.abandoned,
    help: texts.abandonedHelp,
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
  if (own.products === 'more') return link(null, panels.showLess)
  return all > FEW && link('more', panels.viewAll)
}

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
    if (rows.length === 0) return refill(body, emptyState(texts.none))
    const note = rows.length === MOST_PAIRS && h('p', { class: 'note' }, texts.rare)
    refill(
      body,
      sortedTable(texts.table, sortOf(productsOf(rows)), shownIn(rows, view), view),
      more(productsOf(rows).length, view),
      note,
      ...warnings(answer),
    )
  },
  csv: ([answer], view) => csvOf(CSV, shownIn(answer?.rows ?? [], view)),
})
