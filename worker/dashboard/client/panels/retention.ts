import { type CsvColumn, columnsIn, csvOf } from '../../../../shared/csv'
import { metricColumns } from '../../../../shared/metricColumns'
import type { Answer, MetricValue } from '../../../../shared/question'
import type { View } from '../../address'
import { about, type MetricQuestion } from '../../questions'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { usersTexts } from '../../texts/users'
import { MOST_LINES } from '../components/chartSeries'
import { emptyState } from '../components/emptyState'
import { type Child, h } from '../components/h'
import { lowSampleNote } from '../components/lowSampleNote'
import { optionLinks } from '../components/optionLinks'
import type { Mount } from '../components/panel'
import { periodOf, type QueryPanel, queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { splitMenu, splitOf } from '../components/splitMenu'
import { warnings } from '../components/warnings'
import { retentionCurve } from './retentionCurve'
import { chosenEvents, eventsQuestions, fillEvents, retentionEvents } from './retentionEvents'
import { allUsers, COHORT, METRIC, type RetentionGroup, retentionGroups } from './retentionGroups'
import { retentionTable } from './retentionTable'
import { type RetentionUnit, UNITS, unitOf } from './retentionUnit'

const { retention: texts } = usersTexts

const MOST_COHORTS = 60
const MOST_GROUPS = 20
/** More than an answer has, so that its rows are all users. */
const ALL_ROWS = 10_000

/** The dimension of the rows: that of the split, or cohorts. */
const dimensionIn = (view: View): string => splitOf(view) ?? COHORT

const questionAfter = (view: View, { value: unit }: RetentionUnit, day: number): MetricQuestion => {
  const { compare: _, ...rest } = about(view)
  return {
    ...rest,
    metrics: [METRIC],
    dimensions: [dimensionIn(view)],
    parameters: { [METRIC]: { day, unit, ...chosenEvents(view) } },
    order_by: [[dimensionIn(view), 'desc']],
    limit: ALL_ROWS,
  }
}

/** What the panel shows, from answers after each number of days, weeks or months. */
const shownIn = (answers: readonly Answer[], view: View) => {
  const [unit, dimension] = [unitOf(view), dimensionIn(view)]
  const shares = answers.slice(0, unit.after.length)
  const groups = retentionGroups(shares, dimension, unit)
  // The newest cohorts, or the largest groups.
  const shown = dimension === COHORT ? groups.slice(-MOST_COHORTS) : groups.slice(0, MOST_GROUPS)
  return { unit, dimension, all: allUsers(shares, dimension), shown, count: groups.length }
}

type Shown = ReturnType<typeof shownIn>

const noteOf = ({ dimension, shown, count }: Shown): Child => {
  if (shown.length === count) return null
  const { largest } = clientFrameTexts.groups
  const text =
    dimension === COHORT ? fill(texts.newest, { count: MOST_COHORTS }) : fill(largest, { shown: MOST_GROUPS, count })
  return h('p', { class: 'note' }, text)
}

const noUsers = ({ own: { first } }: View): HTMLElement =>
  emptyState(first ? fill(texts.noneStarted, { event: first }) : texts.none)

const content = (answers: readonly Answer[], view: View): Child[] => {
  const shown = shownIn(answers, view)
  const { unit, dimension, all } = shown
  if (shown.count === 0) return [noUsers(view)]
  // A line for each cohort would be noise.
  const lines = dimension === COHORT ? [all] : [all, ...shown.shown.slice(0, MOST_LINES - 1)]
  const rows = [all, ...shown.shown]
  return [
    retentionCurve(lines, unit, periodOf(answers[0]), view),
    retentionTable(rows, dimension, unit, view),
    lowSampleNote(rows.flatMap(({ values }) => values)),
    noteOf(shown),
  ]
}

const draw: QueryPanel['draw'] = (body, answers, view) => {
  const unit = unitOf(view)
  fillEvents(answers[unit.after.length])
  refill(body, optionLinks(texts.units, 'unit', UNITS, unit), ...content(answers, view), ...warnings(answers[0]))
}

interface Line {
  readonly group: RetentionGroup
  readonly after: number
  readonly value: MetricValue | undefined
}

/** A line for each group and column. */
const linesOf = ({ shown, unit }: Shown): Line[] =>
  shown.flatMap(group => unit.after.map((after, at) => ({ group, after, value: group.values[at] })))

const columnsOf = ({ dimension, unit }: Shown): CsvColumn<Line>[] => [
  { name: dimension, of: ({ group }) => (dimension === COHORT ? group.id : group.text) },
  { name: 'users', of: ({ group }) => group.users },
  { name: unit.value, of: ({ after }) => after },
  ...columnsIn(
    metricColumns(METRIC, ['value', 'numerator', 'denominator', 'low', 'high', 'status']),
    ({ value }: Line) => value,
  ),
]

const shares = queryPanel({
  questions: view => [...unitOf(view).after.map(n => questionAfter(view, unitOf(view), n)), ...eventsQuestions(view)],
  draw,
  csv: (answers, view) => {
    const shown = shownIn(answers, view)
    return csvOf(columnsOf(shown), linesOf(shown))
  },
})

/** Share of users who came back: a curve, and a row for each cohort or group. */
export const retention: Mount = section => {
  splitMenu(section)
  retentionEvents(section)
  shares(section)
}
