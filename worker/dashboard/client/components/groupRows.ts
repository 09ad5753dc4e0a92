import type { Row } from '../../../../shared/question'
import { CHANGE, type GroupTable, SHARE } from '../../breakdown'
import { dimensionName } from '../../dimensionName'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { inSentence } from '../../texts/inSentence'
import { canShowFlags } from '../format/canShowFlags'
import { flagOf } from '../format/flagOf'
import { groupText } from '../format/groupText'
import { percent } from '../format/number'
import { definitionOf } from '../state/definitionOf'
import { filteredTo } from '../state/filteredTo'
import { hrefOf, withOwn } from '../state/view'
import { changeCell } from './changeCell'
import { hasChange } from './changeMark'
import { type Child, h } from './h'
import { outLink } from './outLink'
import { sortLink } from './sortLink'
import { type Head, table } from './table'
import { valueCell } from './valueCell'

const { tables } = clientFrameTexts

const HAS_FLAGS = canShowFlags()

/** The rows of a breakdown, and the total of its first metric. */
export interface Groups {
  readonly rows: readonly Row[]
  readonly total: number | null
}

/** The group of a row. */
export const groupOf = ({ dimension }: GroupTable, { dimensions }: Row): string => dimensions?.[dimension] ?? ''

/** The share of the total of the first metric; `null` unless it is a count. */
export const shareOf = ({ metrics: [first] }: GroupTable, { total }: Groups, { metrics }: Row): number | null => {
  const value = metrics[first]?.value ?? null
  return definitionOf(first).unit === 'count' && total && value !== null ? value / total : null
}

/** A link that filters to the group and leaves the sheet, with a bar in proportion to the largest group. */
const groupCell = (shown: GroupTable, row: Row, largest: number): HTMLElement => {
  const value = groupOf(shown, row)
  const text = groupText(shown.dimension, value)
  const href = hrefOf({
    filters: filteredTo(shown.dimension, value),
    ...withOwn({ all: null, find: null, rows: null, sort: null, columns: null }),
  })
  const flag = shown.dimension === 'country' && HAS_FLAGS && flagOf(value)
  const link = h('a', { class: 'group', href, 'data-view': true, 'data-flag': flag, title: text }, h('bdi', {}, text))
  const share = largest > 0 ? (row.metrics[shown.metrics[0]]?.value ?? 0) / largest : 0
  link.style.setProperty('--share', `${Math.max(0, share) * 100}%`)
  const out = outLink(shown.dimension, value)
  return out ? h('span', { class: 'named' }, link, out) : link
}

/** Which optional columns the table has. */
interface Extras {
  readonly shares: boolean
  readonly changes: boolean
}

export const extrasOf = (shown: GroupTable, groups: Groups): Extras => ({
  shares: groups.rows.some(row => shareOf(shown, groups, row) !== null),
  changes: groups.rows.some(({ metrics }) => hasChange(metrics[shown.metrics[0]])),
})

const headsOf = ({ dimension, metrics, order, orderName }: GroupTable, { shares, changes }: Extras): Head[] => {
  const name = dimensionName(dimension)
  const [first, ...rest] = metrics.map(id => ({
    text: definitionOf(id).name,
    help: definitionOf(id).help,
    number: true,
    sort: sortLink(orderName, id, order),
  }))
  const metric = inSentence(definitionOf(metrics[0]).name)
  return [
    { text: name, sort: sortLink(orderName, dimension, order, 'asc') },
    ...(first ? [first] : []),
    ...(shares
      ? [{ text: '%', help: fill(tables.share, { metric }), number: true, sort: sortLink(orderName, SHARE, order) }]
      : []),
    ...(changes
      ? [
          {
            text: tables.change,
            help: fill(tables.changeOf, { metric }),
            number: true,
            wide: true,
            sort: sortLink(orderName, CHANGE, order),
          },
        ]
      : []),
    ...rest,
  ]
}

const shareText = (share: number | null): string =>
  share === null ? '–' : percent(share, { maximumFractionDigits: share < 0.1 ? 1 : 0 })

const cellsAfterName = (shown: GroupTable, groups: Groups, row: Row, { shares, changes }: Extras): Child[] => {
  const [first, ...rest] = shown.metrics
  return [
    valueCell(definitionOf(first), row.metrics[first]),
    ...(shares ? [shareText(shareOf(shown, groups, row))] : []),
    ...(changes ? [changeCell(definitionOf(first), row.metrics[first])] : []),
    ...rest.map(id => valueCell(definitionOf(id), row.metrics[id])),
  ]
}

/** Sorts by change, which the API does not do. */
export const inOrder = ({ metrics: [first], order }: GroupTable, rows: readonly Row[]): readonly Row[] => {
  if (order.by !== CHANGE) return rows
  const sign = order.direction === 'asc' ? 1 : -1
  const change = (row: Row): number => row.metrics[first]?.change?.value ?? -Infinity * sign
  return rows.toSorted((a, b) => sign * (change(a) - change(b)) || 0)
}

/** The table of a breakdown. */
export const groupRows = (shown: GroupTable, groups: Groups): HTMLElement => {
  const largest = Math.max(0, ...groups.rows.map(row => row.metrics[shown.metrics[0]]?.value ?? 0))
  const extras = extrasOf(shown, groups)
  return table(
    fill(tables.by, { dimension: inSentence(dimensionName(shown.dimension)) }),
    headsOf(shown, extras),
    groups.rows.map(row => [groupCell(shown, row, largest), ...cellsAfterName(shown, groups, row, extras)]),
  )
}
