import type { Answer, MetricValue, Row, StepValue } from '../../../../shared/question'
import type { View } from '../../address'
import { dimensionName } from '../../dimensionName'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { goalsTexts } from '../../texts/goals'
import { inSentence } from '../../texts/inSentence'
import { h } from '../components/h'
import { type SortedColumn, sortedRows, sortedTable } from '../components/sortedTable'
import { valueCell } from '../components/valueCell'
import { groupText } from '../format/groupText'
import { number, percent } from '../format/number'
import { definitionOf } from '../state/definitionOf'

const { funnels: texts } = goalsTexts

const METRIC = 'funnel'
const MOST = 20

/** One group of a funnel, or all of them. */
export interface FunnelGroup {
  readonly group: string
  readonly isTotal: boolean
  readonly value: MetricValue
  readonly steps: readonly StepValue[]
}

const groupOf = (row: Row, dimension: string | null): FunnelGroup[] => {
  const value = row.metrics[METRIC]
  if (!value) return []
  const group =
    dimension === null ? clientFrameTexts.groups.all : groupText(dimension, row.dimensions?.[dimension] ?? '')
  return [{ group, isTotal: dimension === null, value, steps: (value.steps ?? []) as readonly StepValue[] }]
}

const rowsOf = ([all, split]: readonly Answer[], dimension: string): FunnelGroup[] => [
  ...(all?.rows ?? []).flatMap(row => groupOf(row, null)),
  ...(split?.rows ?? []).flatMap(row => groupOf(row, dimension)),
]

const stepColumn = ({ name }: StepValue, at: number): SortedColumn<FunnelGroup> => ({
  id: `step_${at + 1}`,
  text: name,
  number: true,
  wide: at > 0,
  value: ({ steps }) => steps[at]?.reached ?? 0,
  cell: ({ steps }) => {
    const { reached = 0, share = null } = steps[at] ?? {}
    return at === 0 || share === null ? number(reached) : `${number(reached)} (${percent(share)})`
  },
})

const sortOf = (groups: readonly FunnelGroup[], dimension: string) => ({
  columns: [
    {
      id: 'group',
      text: dimensionName(dimension),
      value: ({ group }: FunnelGroup) => group,
      cell: ({ group }: FunnelGroup) => h('bdi', {}, group),
    },
    ...(groups[0]?.steps ?? []).map(stepColumn),
    {
      id: METRIC,
      text: texts.rate,
      help: texts.rateHelp,
      number: true,
      value: ({ value }: FunnelGroup) => value.value,
      cell: ({ value }: FunnelGroup) => valueCell(definitionOf(METRIC), value),
    },
  ],
  name: 'split_sort',
  usual: { by: 'step_1', direction: 'desc' } as const,
  isTotal: ({ isTotal }: FunnelGroup) => isTotal,
})

/** The groups of a funnel in the order of the view, all of them together first. */
export const funnelGroups = (answers: readonly Answer[], dimension: string, view: View): readonly FunnelGroup[] => {
  const groups = rowsOf(answers, dimension)
  return sortedRows(sortOf(groups, dimension), groups, view)
}

/** A funnel by a dimension: a row for each group, a column for each step. */
export const funnelSplit = (answers: readonly Answer[], dimension: string, view: View): readonly HTMLElement[] => {
  const groups = rowsOf(answers, dimension)
  const sort = sortOf(groups, dimension)
  // The largest groups, in any order.
  const largest = sortedRows(sort, groups, { ...view, own: {} }).slice(0, MOST + 1)
  const title = fill(texts.splitTable, { dimension: inSentence(dimensionName(dimension)) })
  const note = h(
    'p',
    { class: 'note' },
    fill(clientFrameTexts.groups.largest, { shown: MOST, count: groups.length - 1 }),
  )
  return [sortedTable(title, sort, largest, view), ...(groups.length > largest.length ? [note] : [])]
}
