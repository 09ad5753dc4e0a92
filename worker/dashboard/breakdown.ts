import type { MetricValue, ValueFilter } from '../../shared/question'
import type { View } from './address'
import { about, type Columns, type MetricQuestion } from './questions'
import { type SortOrder, sortOrderOf } from './sortOrder'

/** A tab of a breakdown. */
export interface Tab {
  readonly title: string
  readonly dimension: string
  /** Only the sheet shows it. */
  readonly rare?: true
  /** Only the panel shows it: a map above the table. */
  readonly isMap?: true
  /** It is open until another is chosen, instead of the first. */
  readonly isUsual?: true
}

/** The tabs and columns of a breakdown. Its panel shows the first groups, its sheet shows all. */
export interface Breakdown {
  /** The id of its panel, and the parameter that names its open tab. */
  readonly id: string
  readonly tabs: readonly [Tab, ...Tab[]]
  /** Columns of the panel. Rows are sorted by the first one, unless the view says otherwise. */
  readonly metrics: Columns
  /** Columns of the sheet, until others are chosen. */
  readonly sheet: Columns
  /** Other columns for some dimensions. */
  readonly of?: Readonly<Record<string, { readonly metrics: Columns; readonly sheet: Columns }>>
  /** Columns that can be chosen in the sheet. */
  readonly all: Columns
  /** Only its sheet compares with another period, as comparing groups is expensive. */
  readonly steady?: true
  /** The text of a panel without rows: what to do about it. */
  readonly none?: string
  /** Changes each question, such as its parameters. */
  readonly asks?: (question: MetricQuestion, view: View) => MetricQuestion
  /** A sentence below the groups about the total of the first metric. */
  readonly note?: (total: MetricValue) => string | null
  /** The question whose answer has the totals, if the page asks one anyway. */
  readonly total?: (view: View) => MetricQuestion
}

/** The groups of a dimension as a table. */
export interface GroupTable {
  readonly dimension: string
  readonly metrics: Columns
  readonly order: SortOrder
  /** The parameter of the address that holds the order. */
  readonly orderName: string
}

/** Columns besides the metrics: the share of the total of the first metric, and its change. */
export const SHARE = 'share'
export const CHANGE = 'change'

/** The name of a tab in an address. */
export const tabName = ({ dimension, isMap }: Tab): string => (isMap ? `${dimension}.map` : dimension)

/** The tab that a view shows. Older links name its dimension in `by`. */
export const tabOf = ({ id, tabs }: Breakdown, { own }: View): Tab =>
  tabs.find(tab => tabName(tab) === own[id]) ??
  tabs.find(({ dimension, isMap }) => dimension === own.by && !isMap) ??
  tabs.find(({ isUsual }) => isUsual) ??
  tabs[0]

const tableOf = (dimension: string, metrics: Columns, orderName: string, { own }: View): GroupTable => {
  const order = sortOrderOf(own[orderName], [dimension, ...metrics, SHARE, CHANGE])
  return { dimension, metrics, orderName, order: order ?? { by: metrics[0], direction: 'desc' } }
}

/** The table of a panel. */
export const panelTable = (breakdown: Breakdown, view: View): GroupTable => {
  const { dimension } = tabOf(breakdown, view)
  return tableOf(dimension, breakdown.of?.[dimension]?.metrics ?? breakdown.metrics, `${breakdown.id}_sort`, view)
}

const chosenColumns = ({ all }: Breakdown, { own }: View): Columns | null => {
  const names = own.columns?.split(',') ?? []
  const [first, ...rest] = all.filter(id => names.includes(id))
  return first ? [first, ...rest] : null
}

/** The table of a sheet. */
export const sheetTable = (breakdown: Breakdown, view: View): GroupTable => {
  const { dimension } = tabOf(breakdown, view)
  const usual = breakdown.of?.[dimension]?.sheet ?? breakdown.sheet
  return tableOf(dimension, chosenColumns(breakdown, view) ?? usual, 'sort', view)
}

/** Rows of a panel. */
export const FEW = 9
/** Rows of a page of a sheet. */
const PAGE = 100
/** Countries of a map. */
const MOST_COUNTRIES = 300
/** Rows that are sorted by their change, which the API does not sort by. */
const MOST = 1000

const isSortedByChange = ({ order }: GroupTable): boolean => order.by === CHANGE

const groupsQuestion = ({ asks }: Breakdown, table: GroupTable, view: View): MetricQuestion => {
  const { dimension, metrics, order } = table
  const isAsked = order.by !== SHARE && order.by !== CHANGE
  const question: MetricQuestion = {
    ...about(view),
    metrics,
    dimensions: [dimension],
    order_by: [isSortedByChange(table) ? [metrics[0], 'desc'] : [isAsked ? order.by : metrics[0], order.direction]],
  }
  return asks?.(question, view) ?? question
}

/** The question for the groups of a panel. */
export const breakdownQuestion = (breakdown: Breakdown, view: View): MetricQuestion => {
  const table = panelTable(breakdown, view)
  const { compare, ...question } = groupsQuestion(breakdown, table, view)
  const compared = compare && !breakdown.steady ? { compare } : {}
  const few = tabOf(breakdown, view).isMap ? MOST_COUNTRIES : FEW
  return { ...question, ...compared, limit: isSortedByChange(table) ? MOST : few }
}

/** How many pages of rows a sheet shows. */
const pagesIn = ({ own }: View): number => Math.min(100, Math.max(1, Math.trunc(Number(own.rows)) || 1))

/**
 * The questions for the rows of a sheet, one per page.
 * @param found filters that pass the rows that were searched for
 */
export const sheetQuestions = (
  breakdown: Breakdown,
  view: View,
  found: readonly ValueFilter[],
): readonly MetricQuestion[] => {
  const table = sheetTable(breakdown, view)
  const question = groupsQuestion(breakdown, table, { ...view, filters: [...view.filters, ...found] })
  if (isSortedByChange(table)) return [{ ...question, limit: MOST }]
  return Array.from({ length: pagesIn(view) }, (_, page) => ({ ...question, limit: PAGE, offset: page * PAGE }))
}

/** Whether there may be another page of rows. */
export const hasMore = (breakdown: Breakdown, view: View, rows: number): boolean =>
  !isSortedByChange(sheetTable(breakdown, view)) && rows === pagesIn(view) * PAGE

/** The view with one more page of a sheet's rows. */
export const nextRows = (view: View): string => String(pagesIn(view) + 1)

/** The question for the value that groups are a share of. */
export const totalQuestion = ({ asks, total }: Breakdown, { metrics }: GroupTable, view: View): MetricQuestion => {
  const shared = total?.(view)
  if (shared?.metrics.includes(metrics[0])) return shared
  const question = { ...about(view), metrics: [metrics[0]] }
  return asks?.(question, view) ?? question
}
