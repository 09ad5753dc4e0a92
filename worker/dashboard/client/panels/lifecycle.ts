import { type CsvColumn, csvOf } from '../../../../shared/csv'
import type { Answer, MetricValue } from '../../../../shared/question'
import type { View } from '../../address'
import { about } from '../../questions'
import { clientFrameTexts } from '../../texts/clientFrame'
import { usersTexts } from '../../texts/users'
import { bucketValues } from '../components/bucketValues'
import { drawTimeChart } from '../components/drawTimeChart'
import { emptyPeriod } from '../components/emptyPeriod'
import { emptyState } from '../components/emptyState'
import { type Child, h } from '../components/h'
import { labelWithBar } from '../components/labelWithBar'
import { metricFrame } from '../components/metricFrame'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { table } from '../components/table'
import { warnings } from '../components/warnings'
import { number, percent } from '../format/number'
import { statusText } from '../format/statusText'
import { wholeWeeks } from '../state/wholeWeeks'

const { lifecycle: texts } = usersTexts
const { tables } = clientFrameTexts

const METRIC = 'lifecycle'

/** The first three add up to the active users. */
const STATES = [
  { state: 'new', text: texts.new, help: texts.newHelp, isActive: true },
  {
    state: 'returning',
    text: texts.returning,
    help: texts.returningHelp,
    isActive: true,
  },
  {
    state: 'resurrected',
    text: texts.resurrected,
    help: texts.resurrectedHelp,
    isActive: true,
  },
  {
    state: 'dormant',
    text: texts.dormant,
    help: texts.dormantHelp,
    isActive: false,
  },
] as const

const HEADS = [
  { text: texts.status },
  { text: tables.users, number: true },
  { text: tables.shareOfActive, number: true },
]

interface State {
  readonly text: string
  readonly help: string
  readonly count: number
  /** `null` for users who are not active. */
  readonly share: number | null
}

const statesOf = ({ parts = {} }: MetricValue): State[] => {
  const countOf = (state: string): number => parts[state] ?? 0
  const active = STATES.reduce((sum, { state, isActive }) => sum + (isActive ? countOf(state) : 0), 0)
  return STATES.map(({ state, text, help, isActive }) => {
    const count = countOf(state)
    return { text, help, count, share: isActive && active > 0 ? count / active : null }
  })
}

const rowsOf = (states: readonly State[]): Child[][] => {
  const largest = Math.max(...states.map(({ count }) => count))
  return states.map(({ text, help, count, share }) => [
    h('span', { title: help }, labelWithBar(text, count / largest)),
    number(count),
    share === null ? '–' : percent(share),
  ])
}

/** A line for each state. */
const chartOf = (answer: Answer, view: View): HTMLElement | null => {
  if (answer.rows.length < 2) return null
  const frame = metricFrame(answer, METRIC, texts.table, { ...view, granularity: wholeWeeks(view) })
  const lines = STATES.map(({ state, text }) => {
    const values = bucketValues(answer, METRIC).map(value => value?.parts?.[state] ?? null)
    return { name: text, values, intervals: values.map(() => null) }
  })
  const reading = (at: number): string[] => [
    frame.bucket(at),
    ...lines.map(({ name, values }) => `${name}: ${frame.text(values[at] ?? null)}`),
  ]
  return drawTimeChart({ ...frame, lines, previous: null, bars: false, reading })
}

const COLUMNS: readonly CsvColumn<State>[] = [
  { name: 'state', of: ({ text }) => text },
  { name: 'users', of: ({ count }) => count },
  { name: 'share_of_active_users', of: ({ share }) => share },
]

/** Active users by when they were seen before, beside those who are gone. */
export const lifecycle = queryPanel({
  questions: view => {
    const { compare: _, ...rest } = about(view)
    return [
      { ...rest, metrics: [METRIC] },
      { ...rest, metrics: [METRIC], granularity: wholeWeeks(view) },
    ]
  },
  draw: (body, [answer, overTime], view) => {
    const value = answer?.rows[0]?.metrics[METRIC]
    if (!value) return
    const states = statesOf(value)
    const hasUsers = states.some(({ count }) => count > 0)
    const without = value.value === null ? emptyState(statusText(value)) : emptyPeriod(view)
    const shown = hasUsers
      ? [table(texts.table, HEADS, rowsOf(states)), overTime && chartOf(overTime, view)]
      : [without]
    refill(body, ...shown, ...warnings(answer))
  },
  csv: ([answer]) => {
    const value = answer?.rows[0]?.metrics[METRIC]
    return csvOf(COLUMNS, value ? statesOf(value) : [])
  },
})
