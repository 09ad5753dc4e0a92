import { type CsvColumn, columnsIn, csvOf } from '../../../../shared/csv'
import { metricColumns } from '../../../../shared/metricColumns'
import type { Answer, MetricValue, Row } from '../../../../shared/question'
import { DAY } from '../../../../shared/time'
import type { View } from '../../address'
import { about, type MetricQuestion } from '../../questions'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { usersTexts } from '../../texts/users'
import { emptyState } from '../components/emptyState'
import { h } from '../components/h'
import { lowSampleNote } from '../components/lowSampleNote'
import { chosenOption, type Option, optionLinks } from '../components/optionLinks'
import type { Mount } from '../components/panel'
import { type QueryPanel, queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { type SortedColumn, sortedTable } from '../components/sortedTable'
import { warnings } from '../components/warnings'
import { detailText } from '../format/detailText'
import { number, percent } from '../format/number'
import { rangeText } from '../format/rangeText'
import { timeText } from '../format/timeText'
import { valueText } from '../format/valueText'
import { definitionOf } from '../state/definitionOf'
import { chosenEvents, eventsQuestions, fillEvents, retentionEvents } from './retentionEvents'

const { retention: texts } = usersTexts
const { tables, values: valueTexts } = clientFrameTexts

const METRIC = 'retention_rate'

/** The length of a cohort, and after how many of them there is a column. */
interface Unit extends Option {
  readonly value: 'day' | 'week' | 'month'
  /** The caption of its grid. */
  readonly table: string
  readonly column: typeof texts.afterDays
  readonly after: readonly number[]
}

const UNITS: readonly [Unit, Unit, Unit] = [
  {
    value: 'day',
    text: texts.daily,
    table: texts.dailyTable,
    column: texts.afterDays,
    after: [1, 2, 3, 4, 5, 6, 7, 14],
  },
  {
    value: 'week',
    text: texts.weekly,
    table: texts.weeklyTable,
    column: texts.afterWeeks,
    after: [1, 2, 3, 4, 5, 6, 7, 8],
  },
  {
    value: 'month',
    text: texts.monthly,
    table: texts.monthlyTable,
    column: texts.afterMonths,
    after: [1, 2, 3, 4, 5, 6, 9, 12],
  },
]

const MOST_COHORTS = 60
/** Days. Longer periods begin with weekly cohorts: those of a day are small. */
const LONG = 14
const SHORT_PERIODS: readonly unknown[] = ['today', 'yesterday', '7d']

const isLong = ({ period }: View): boolean =>
  typeof period === 'string'
    ? !SHORT_PERIODS.includes(period)
    : (Date.parse(period.to) - Date.parse(period.from)) / DAY + 1 > LONG

const unitOf = (view: View): Unit => chosenOption(UNITS, view.own.unit ?? (isLong(view) ? 'week' : 'day'))

const questionAfter = (view: View, { value: unit }: Unit, day: number): MetricQuestion => {
  const { compare: _, ...rest } = about(view)
  return {
    ...rest,
    metrics: [METRIC],
    dimensions: ['cohort'],
    parameters: { [METRIC]: { day, unit, ...chosenEvents(view) } },
    order_by: [['cohort', 'desc']],
    limit: MOST_COHORTS,
  }
}

/** A cell without a value yet. */
const emptyCell = (): HTMLElement =>
  h(
    'span',
    { class: 'heat none', title: texts.tooEarly },
    h('span', { 'aria-hidden': 'true' }, '·'),
    h('span', { class: 'unseen' }, texts.tooEarly),
  )

const heatCell = (share: number, text: string, detail: string): HTMLElement =>
  h('span', { class: 'heat', title: detail, 'data-value': share }, text)

/** Colors each cell by its part of the largest value, so that low shares differ too. */
const colorCells = (frame: HTMLElement): void => {
  const cells = [...frame.querySelectorAll<HTMLElement>('.heat[data-value]')]
  const shareOf = ({ dataset }: HTMLElement): number => Number(dataset.value)
  const largest = Math.max(...cells.map(shareOf))
  for (const cell of cells) cell.style.setProperty('--share', `${largest > 0 ? (shareOf(cell) / largest) * 100 : 0}%`)
}

const cell = (value: MetricValue | undefined): HTMLElement => {
  if (!value || value.value === null) return emptyCell()
  const definition = definitionOf(METRIC)
  const text = `${value.status === 'low_sample' ? '~' : ''}${valueText(definition, value.value)}`
  return heatCell(value.value, text, detailText(definition, value))
}

const cohortOf = (row: Row): string => row.dimensions?.cohort ?? ''

/** Weeks are named by their Monday. */
const cohortText = (cohort: string, unit: Unit): string =>
  unit.value === 'month' ? timeText(cohort, 'month') : rangeText({ from: cohort, to: cohort })

const sizeOf = (value: MetricValue | undefined): number => (value?.denominator ?? 0) + (value?.pending ?? 0)

const total = (answer: Answer | undefined, part: 'numerator' | 'denominator'): number =>
  (answer?.rows ?? []).reduce((sum, { metrics }) => sum + (metrics[METRIC]?.[part] ?? 0), 0)

/** The share over all cohorts, of users whose day is over. */
const totalCell = (answer: Answer): HTMLElement => {
  const [came, all] = [total(answer, 'numerator'), total(answer, 'denominator')]
  if (all === 0) return emptyCell()
  return heatCell(came / all, percent(came / all), fill(valueTexts.ratio, { part: came, whole: all }))
}

/** Cohorts, oldest first, and their values by column. */
const cohortsOf = (answers: readonly Answer[]) => ({
  cohorts: (answers[0]?.rows ?? []).toReversed(),
  byCohort: answers.map(({ rows }) => new Map(rows.map(row => [cohortOf(row), row.metrics[METRIC]]))),
})

/** A row of the grid: a cohort, or all of them. */
interface Cohort {
  /** `null` for all cohorts. */
  readonly cohort: string | null
  readonly users: number
}

const rowsOf = (answers: readonly Answer[]): Cohort[] => {
  const rows = cohortsOf(answers).cohorts.map(row => ({ cohort: cohortOf(row), users: sizeOf(row.metrics[METRIC]) }))
  return [{ cohort: null, users: rows.reduce((sum, { users }) => sum + users, 0) }, ...rows]
}

/** The column of an answer: the share of each cohort that was active then. */
const shareColumn = (answer: Answer, id: string, text: string): SortedColumn<Cohort> => {
  const values = new Map(answer.rows.map(row => [cohortOf(row), row.metrics[METRIC]]))
  return {
    id,
    text,
    number: true,
    value: ({ cohort }) => values.get(cohort ?? '')?.value ?? null,
    cell: ({ cohort }) => (cohort === null ? totalCell(answer) : cell(values.get(cohort))),
  }
}

const sortOf = (answers: readonly Answer[], unit: Unit) => ({
  columns: [
    {
      id: 'cohort',
      text: unit.value === 'week' ? texts.cohortOfWeek : texts.cohort,
      value: ({ cohort }: Cohort) => cohort,
      cell: ({ cohort }: Cohort) => (cohort === null ? texts.allCohorts : cohortText(cohort, unit)),
    },
    {
      id: 'users',
      text: tables.users,
      number: true,
      value: ({ users }: Cohort) => users,
      cell: ({ users }: Cohort) => number(users),
    },
    ...answers.map((answer, at) => {
      const after = unit.after[at] ?? 0
      return shareColumn(answer, `${unit.value}_${after}`, fill(unit.column, { count: after }))
    }),
  ],
  name: 'cohorts_sort',
  usual: { by: 'cohort', direction: 'asc' } as const,
  isTotal: ({ cohort }: Cohort) => cohort === null,
})

const grid = (answers: readonly Answer[], unit: Unit, view: View): HTMLElement => {
  const frame = sortedTable(unit.table, sortOf(answers, unit), rowsOf(answers), view)
  frame.classList.add('grid')
  colorCells(frame)
  return frame
}

const noUsers = ({ own: { first } }: View): HTMLElement =>
  emptyState(first ? fill(texts.noneStarted, { event: first }) : texts.none)

interface Line {
  readonly cohort: string
  readonly users: number
  readonly after: number
  readonly value: MetricValue | undefined
}

/** A line for each cohort and column, without the total. */
const linesOf = (answers: readonly Answer[], { after }: Unit): Line[] => {
  const { cohorts, byCohort } = cohortsOf(answers)
  return cohorts.flatMap(row => {
    const cohort = cohortOf(row)
    const users = sizeOf(row.metrics[METRIC])
    return after.map((n, at) => ({ cohort, users, after: n, value: byCohort[at]?.get(cohort) }))
  })
}

const columnsOf = ({ value: unit }: Unit): CsvColumn<Line>[] => [
  { name: 'cohort', of: ({ cohort }) => cohort },
  { name: 'users', of: ({ users }) => users },
  { name: unit, of: ({ after }) => after },
  ...columnsIn(
    metricColumns(METRIC, ['value', 'numerator', 'denominator', 'low', 'high', 'status']),
    ({ value }: Line) => value,
  ),
]

/** The answers after each number of days, weeks or months, without the events to choose from. */
const sharesIn = (answers: readonly Answer[], { after }: Unit): readonly Answer[] => answers.slice(0, after.length)

const draw: QueryPanel['draw'] = (body, answers, view) => {
  const [unit, first] = [unitOf(view), answers[0]]
  const shares = sharesIn(answers, unit)
  fillEvents(answers[unit.after.length])
  const cut =
    first?.rows.length === MOST_COHORTS && h('p', { class: 'note' }, fill(texts.newest, { count: MOST_COHORTS }))
  const shown = first?.rows.length ? grid(shares, unit, view) : noUsers(view)
  const values = shares.flatMap(({ rows }) => rows.map(({ metrics }) => metrics[METRIC]))
  refill(body, optionLinks(texts.units, 'unit', UNITS, unit), shown, lowSampleNote(values), cut, ...warnings(first))
}

const cohorts = queryPanel({
  questions: view => [...unitOf(view).after.map(n => questionAfter(view, unitOf(view), n)), ...eventsQuestions(view)],
  draw,
  csv: (answers, view) => csvOf(columnsOf(unitOf(view)), linesOf(sharesIn(answers, unitOf(view)), unitOf(view))),
})

/** Share of users who came back: a row for each cohort, a column for each time after. */
export const retention: Mount = section => {
  retentionEvents(section)
  cohorts(section)
}
