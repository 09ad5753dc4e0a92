import type { ReadOptions } from '../importFormat.ts'
import { cellReader, type ReadCell, type TablePart } from '../tablePart.ts'
import type { MatomoActions } from './matomoActions.ts'
import { type MatomoObject, textOf } from './matomoObject.ts'

/** Items of orders that are kept. */
const MOST_ITEMS = 500_000

/** Numbers of goals that stand for an order and for a cart. */
const ORDER = '0'
const CART = '-1'

/** Columns of an item; the first three are ids of log_action. */
const ITEM = ['idaction_sku', 'idaction_name', 'idaction_category', 'price', 'quantity'] as const

const orderOf = (row: readonly string[], cell: ReadCell): string => `${cell(row, 'idvisit')} ${cell(row, 'idorder')}`

/** What Matomo's rows of conversions need of other tables: the site's currency, the names of goals and the items of orders. */
export class MatomoConversions {
  readonly #goals = new Map<string, string>()
  readonly #items = new Map<string, MatomoObject[]>()
  readonly #currencies = new Map<string, string>()
  readonly #actions: MatomoActions
  readonly #leaveOut: ReadOptions['leaveOut']
  #size = 0

  constructor(actions: MatomoActions, leaveOut: ReadOptions['leaveOut']) {
    this.#actions = actions
    this.#leaveOut = leaveOut
  }

  addSites({ columns, rows }: TablePart): void {
    const cell = cellReader(columns)
    for (const row of rows) this.#currencies.set(cell(row, 'idsite'), cell(row, 'currency'))
  }

  addGoals({ columns, rows }: TablePart): void {
    const cell = cellReader(columns)
    for (const row of rows) this.#goals.set(`${cell(row, 'idsite')} ${cell(row, 'idgoal')}`, cell(row, 'name'))
  }

  addItems({ columns, rows }: TablePart): void {
    const cell = cellReader(columns)
    for (const row of rows) {
      if (cell(row, 'deleted') === '1') continue
      if (this.#size >= MOST_ITEMS) {
        this.#leaveOut('items of orders: a dump may have 500,000 of them, so dump fewer years at a time')
        continue
      }
      this.#size++
      const key = orderOf(row, cell)
      const item = Object.fromEntries(ITEM.map(column => [column, cell(row, column)]))
      this.#items.set(key, [...(this.#items.get(key) ?? []), item])
    }
  }

  #itemsOf(row: readonly string[], cell: ReadCell): readonly MatomoObject[] {
    return (this.#items.get(orderOf(row, cell)) ?? []).map(
      ({ idaction_sku, idaction_name, idaction_category, ...item }) => ({
        itemSKU: this.#actions.textOf(textOf(idaction_sku)),
        itemName: this.#actions.textOf(textOf(idaction_name)),
        itemCategory: this.#actions.textOf(textOf(idaction_category)),
        ...item,
      }),
    )
  }

  currencyOf(site: string): string {
    return this.#currencies.get(site) ?? ''
  }

  /** A row of log_conversion as Matomo's API tells it, with its time in UTC. */
  conversionOf(row: readonly string[], cell: ReadCell, time: number): MatomoObject {
    const goal = cell(row, 'idgoal')
    const common = { timestamp: time / 1000, revenue: cell(row, 'revenue'), buster: cell(row, 'buster') }
    if (goal === CART) return { ...common, type: 'ecommerceAbandonedCart' }
    if (goal !== ORDER) {
      const goalName = this.#goals.get(`${cell(row, 'idsite')} ${goal}`)
      return { ...common, type: 'goal', goalId: goal, goalName }
    }
    return {
      ...common,
      type: 'ecommerceOrder',
      orderId: cell(row, 'idorder'),
      revenueTax: cell(row, 'revenue_tax'),
      revenueShipping: cell(row, 'revenue_shipping'),
      itemDetails: this.#itemsOf(row, cell),
    }
  }
}
