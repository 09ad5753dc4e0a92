import { type CsvColumn, columnsIn, csvOf } from '../../../../shared/csv'
import { metricColumns } from '../../../../shared/metricColumns'
import type { Answer, MetricValue } from '../../../../shared/question'
import type { GoalData } from '../../page'
import { about } from '../../questions'
import { clientFrameTexts } from '../../texts/clientFrame'
import { goalsTexts } from '../../texts/goals'
import { changeCell } from '../components/changeCell'
import { emptyState } from '../components/emptyState'
import { h } from '../components/h'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { settingsLink } from '../components/settingsLink'
import { type SortedColumn, sortedRows, sortedTable } from '../components/sortedTable'
import { valueCell } from '../components/valueCell'
import { warnings } from '../components/warnings'
import { definitionOf } from '../state/definitionOf'
import { PAGE } from '../state/page'

const { goals: texts } = goalsTexts
const { panels, tables } = clientFrameTexts

const CONVERSIONS = 'goal_conversions'
const RATE = 'goal_conversion_rate'

interface GoalRow extends GoalData {
  readonly conversions: MetricValue | undefined
  readonly rate: MetricValue | undefined
}

/** The goals of the site, including those without conversions. */
const rowsOf = (answer: Answer | undefined): readonly GoalRow[] => {
  const metrics = new Map((answer?.rows ?? []).map(row => [row.dimensions?.goal, row.metrics]))
  return PAGE.goals.map(goal => ({
    ...goal,
    conversions: metrics.get(goal.id)?.[CONVERSIONS],
    rate: metrics.get(goal.id)?.[RATE],
  }))
}

const COLUMNS: readonly SortedColumn<GoalRow>[] = [
  { id: 'goal', text: texts.goal, value: ({ name }) => name, cell: ({ name }) => h('bdi', {}, name) },
  {
    id: CONVERSIONS,
    text: texts.conversions,
    help: definitionOf(CONVERSIONS).help,
    number: true,
    value: ({ conversions }) => conversions?.value ?? 0,
    cell: ({ conversions }) => valueCell(definitionOf(CONVERSIONS), conversions) ?? '0',
  },
  {
    id: 'change',
    text: tables.change,
    number: true,
    wide: true,
    value: ({ conversions }) => conversions?.change?.value ?? null,
    cell: ({ conversions }) => changeCell(definitionOf(CONVERSIONS), conversions),
  },
  {
    id: RATE,
    text: texts.rate,
    help: definitionOf(RATE).help,
    number: true,
    value: ({ rate }) => rate?.value ?? 0,
    cell: ({ rate }) => valueCell(definitionOf(RATE), rate) ?? '–',
  },
]

const GOALS = { columns: COLUMNS, name: 'goals_sort', usual: { by: CONVERSIONS, direction: 'desc' } } as const

const CSV: readonly CsvColumn<GoalRow>[] = [
  { name: 'goal', of: ({ id }) => id },
  { name: 'name', of: ({ name }) => name },
  ...columnsIn(metricColumns(CONVERSIONS, ['value', 'previous', 'change']), ({ conversions }: GoalRow) => conversions),
  ...columnsIn(metricColumns(RATE, ['value', 'low', 'high']), ({ rate }: GoalRow) => rate),
]

/** The goals of the site with their conversions and conversion rates. */
export const goalList = queryPanel({
  questions: view =>
    PAGE.goals.length === 0 ? [] : [{ ...about(view), metrics: [CONVERSIONS, RATE], dimensions: ['goal'] }],
  draw: (body, [answer], view) => {
    const content =
      PAGE.goals.length === 0 ? emptyState(texts.none) : sortedTable(texts.table, GOALS, rowsOf(answer), view)
    refill(body, content, PAGE.rights.edit && settingsLink(view, 'goals', panels.addGoal), ...warnings(answer))
  },
  ...(PAGE.goals.length > 0 && {
    csv: ([answer], view) => csvOf(CSV, sortedRows(GOALS, rowsOf(answer), view)),
  }),
})
