import type { MetricValue } from '../../../../shared/question'
import type { View } from '../../address'
import { dimensionName } from '../../dimensionName'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { inSentence } from '../../texts/inSentence'
import { usersTexts } from '../../texts/users'
import { h } from '../components/h'
import { type SortedColumn, sortedTable } from '../components/sortedTable'
import { detailText } from '../format/detailText'
import { intervalText } from '../format/intervalText'
import { number } from '../format/number'
import { valueText } from '../format/valueText'
import { definitionOf } from '../state/definitionOf'
import { filteredTo } from '../state/filteredTo'
import { hrefOf, withOwn } from '../state/view'
import { COHORT, METRIC, type RetentionGroup } from './retentionGroups'
import type { RetentionUnit } from './retentionUnit'

const { retention: texts } = usersTexts
const { tables } = clientFrameTexts

/** A cell without a value yet. */
const emptyCell = (): HTMLElement =>
  h(
    'span',
    { class: 'heat none', title: texts.tooEarly },
    h('span', { 'aria-hidden': 'true' }, '·'),
    h('span', { class: 'unseen' }, texts.tooEarly),
  )

/** Marks small samples. */
export const shareText = ({ value, status }: MetricValue): string =>
  `${status === 'low_sample' ? '~' : ''}${valueText(definitionOf(METRIC), value)}`

const heatCell = (value: MetricValue | undefined, isWithRange: boolean): HTMLElement => {
  if (!value || value.value === null) return emptyCell()
  const definition = definitionOf(METRIC)
  const range = isWithRange && h('span', { class: 'range' }, intervalText(definition, value))
  const attributes = {
    class: 'heat',
    title: detailText(definition, value),
    'data-value': value.value,
    'data-status': value.status,
  }
  return h('span', attributes, shareText(value), range)
}

/** Colors each cell by its part of the largest value, so that low shares differ too. One of a small sample would pale the others. */
const colorCells = (frame: HTMLElement): void => {
  const cells = [...frame.querySelectorAll<HTMLElement>('.heat[data-value]')]
  const shareOf = ({ dataset }: HTMLElement): number => Number(dataset.value)
  const certain = cells.filter(({ dataset }) => dataset.status !== 'low_sample')
  const largest = Math.max(...(certain.length > 0 ? certain : cells).map(shareOf))
  for (const cell of cells) {
    const share = largest > 0 ? Math.min(1, shareOf(cell) / largest) : 0
    cell.style.setProperty('--share', `${share * 100}%`)
  }
}

/** A link that filters to a group of the split, and so shows its cohorts. */
const groupLink = (dimension: string, id: string, text: string): HTMLElement => {
  const href = hrefOf({ filters: filteredTo(dimension, id), ...withOwn({ split: null }) })
  return h('a', { class: 'group', href, 'data-view': true, title: text }, h('bdi', {}, text))
}

const nameColumn = (dimension: string, unit: RetentionUnit): SortedColumn<RetentionGroup> => {
  const isCohort = dimension === COHORT
  const cohort = unit.value === 'week' ? texts.cohortOfWeek : texts.cohort
  return {
    id: 'cohort',
    text: isCohort ? cohort : dimensionName(dimension),
    value: ({ id, text }) => (isCohort ? id : text),
    cell: ({ id, text }) => (isCohort || id === null ? text : groupLink(dimension, id, text)),
  }
}

const USERS: SortedColumn<RetentionGroup> = {
  id: 'users',
  text: tables.users,
  number: true,
  value: ({ users }) => users,
  cell: ({ users }) => number(users),
}

const sortOf = (dimension: string, unit: RetentionUnit) => ({
  columns: [
    nameColumn(dimension, unit),
    USERS,
    ...unit.after.map((after, at) => ({
      id: `${unit.value}_${after}`,
      text: fill(unit.column, { count: after }),
      number: true,
      value: ({ values }: RetentionGroup) => values[at]?.value ?? null,
      cell: ({ values }: RetentionGroup) => heatCell(values[at], dimension !== COHORT),
    })),
  ],
  name: 'cohorts_sort',
  usual:
    dimension === COHORT
      ? ({ by: 'cohort', direction: 'asc' } as const)
      : ({ by: 'users', direction: 'desc' } as const),
  isTotal: ({ id }: RetentionGroup) => id === null,
})

/** A row for each group, a column for each time after the first. */
export const retentionTable = (
  groups: readonly RetentionGroup[],
  dimension: string,
  unit: RetentionUnit,
  view: View,
): HTMLElement => {
  const split = fill(texts.splitTable, { dimension: inSentence(dimensionName(dimension)) })
  const frame = sortedTable(dimension === COHORT ? unit.table : split, sortOf(dimension, unit), groups, view)
  frame.classList.add('grid')
  colorCells(frame)
  return frame
}
