import type { Answer, Row } from '../../../../shared/question'
import type { View } from '../../address'
import { dimensionName } from '../../dimensionName'
import { type Breakdown, type Columns, columnsOf, dimensionOf, FEW } from '../../questions'
import { groupText } from '../format/groupText'
import { definitionOf } from '../state/definitionOf'
import { filteredTo } from '../state/filteredTo'
import { hrefOf, withOwn } from '../state/view'
import { emptyState } from './emptyState'
import { type Child, h } from './h'
import { refill } from './refill'
import { table } from './table'
import { valueCell } from './valueCell'

const chooser = (label: string, items: readonly { text: string; by: string; isShown: boolean }[]): HTMLElement =>
  h(
    'ul',
    { class: 'tabs', 'aria-label': label },
    ...items.map(({ text, by, isShown }) =>
      h(
        'li',
        {},
        h(
          'a',
          { href: hrefOf(withOwn({ by, rows: null })), 'data-view': true, 'aria-current': isShown && 'true' },
          text,
        ),
      ),
    ),
  )

const choosers = ({ tabs }: Breakdown, shown: string): HTMLElement[] => {
  const open = tabs.find(({ dimensions }) => dimensions.includes(shown)) ?? tabs[0]
  const outer = tabs.map(tab => ({ text: tab.title, by: tab.dimensions[0], isShown: tab === open }))
  const inner = open.dimensions.map(by => ({ text: dimensionName(by), by, isShown: by === shown }))
  return [chooser('Break down by', outer), ...(inner.length > 1 ? [chooser(`${open.title} by`, inner)] : [])]
}

/** A link that filters to the group, with a bar in proportion to the largest group. */
const groupCell = (dimension: string, row: Row, metric: string, largest: number): HTMLElement => {
  const value = row.dimensions?.[dimension] ?? ''
  const text = groupText(dimension, value)
  const link = h(
    'a',
    { class: 'group', href: hrefOf({ filters: filteredTo(dimension, value) }), 'data-view': true, title: text },
    h('bdi', {}, text),
  )
  const share = largest > 0 ? (row.metrics[metric]?.value ?? 0) / largest : 0
  link.style.setProperty('--share', `${Math.max(0, share) * 100}%`)
  return link
}

const rowsOf = (metrics: Columns, dimension: string, rows: readonly Row[]): Child[][] => {
  const [first] = metrics
  const largest = Math.max(0, ...rows.map(row => row.metrics[first]?.value ?? 0))
  return rows.map(row => [
    groupCell(dimension, row, first, largest),
    ...metrics.map(id => valueCell(definitionOf(id), row.metrics[id])),
  ])
}

const more = (rows: readonly Row[], view: View): HTMLElement | null => {
  if (view.own.rows === 'more')
    return h('a', { class: 'more', href: hrefOf(withOwn({ rows: null })), 'data-view': true }, 'Show less')
  if (rows.length < FEW) return null
  return h('a', { class: 'more', href: hrefOf(withOwn({ rows: 'more' })), 'data-view': true }, 'Show more')
}

const otherColumns = ({ all }: Breakdown, view: View): HTMLElement | null => {
  if (!all) return null
  const isAll = view.own.columns === 'all'
  const href = hrefOf(withOwn({ columns: isAll ? null : 'all' }))
  return h('a', { class: 'more', href, 'data-view': true }, isAll ? 'Fewer columns' : 'More columns')
}

/** Draws tabs of dimensions and a table with the groups of the open one. */
export const drawBreakdown = (breakdown: Breakdown, body: HTMLElement, answer: Answer, view: View): void => {
  const shown = dimensionOf(breakdown, view)
  const name = dimensionName(shown)
  const metrics = columnsOf(breakdown, view)
  const heads = metrics.map(id => ({
    text: definitionOf(id).name,
    help: definitionOf(id).help,
    number: true,
  }))
  const groups =
    answer.rows.length === 0
      ? [emptyState('No data for this period. Try a longer range or remove filters.')]
      : [
          table(`By ${name}`, [{ text: name }, ...heads], rowsOf(metrics, shown, answer.rows)),
          more(answer.rows, view),
          otherColumns(breakdown, view),
        ]
  refill(body, ...choosers(breakdown, shown), ...groups)
}
