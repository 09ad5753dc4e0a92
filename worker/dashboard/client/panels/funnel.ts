import { type CsvColumn, columnsIn, csvOf } from '../../../../shared/csv'
import { plainColumns } from '../../../../shared/metricColumns'
import type { Answer, MetricValue } from '../../../../shared/question'
import type { View } from '../../address'
import { about, type MetricQuestion } from '../../questions'
import { cartTexts } from '../../texts/cart'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { LOCALE } from '../../texts/locale'
import { changeMark, hasChange } from '../components/changeMark'
import { emptyPeriod } from '../components/emptyPeriod'
import { emptyState } from '../components/emptyState'
import { type Child, h } from '../components/h'
import { labelWithBar } from '../components/labelWithBar'
import { lowSampleNote } from '../components/lowSampleNote'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { table } from '../components/table'
import { valueCell } from '../components/valueCell'
import { warnings } from '../components/warnings'
import { number, percent } from '../format/number'
import { definitionOf } from '../state/definitionOf'

const { funnel: texts } = cartTexts
const { tables } = clientFrameTexts

const METRIC = 'conversion_rate'

/** The events of a purchase, in order. */
export const FUNNEL_STEPS = [
  { event: 'view_item', text: texts.view_item },
  { event: 'add_to_cart', text: texts.add_to_cart },
  { event: 'begin_checkout', text: texts.begin_checkout },
  { event: 'purchase', text: texts.purchase },
] as const

const questionOf = (view: View, event: string): MetricQuestion => ({
  ...about(view),
  metrics: [METRIC],
  parameters: { [METRIC]: { scope: 'session', event } },
})

/** A question for each step. */
export const funnelQuestions = (view: View): readonly MetricQuestion[] =>
  FUNNEL_STEPS.map(({ event }) => questionOf(view, event))

const sessionsOf = (value: MetricValue | undefined): number => value?.numerator ?? 0

/** Whether a step's event is probably not sent: it has no sessions, and a later step has some. */
const isMissing = (sessions: readonly number[], position: number): boolean =>
  sessions[position] === 0 && sessions.slice(position).some(later => later > 0)

/** The drop-off from the last earlier step with sessions; `null` without one. */
const dropOff = (sessions: readonly number[], position: number): { lost: number; share: number } | null => {
  const now = sessions[position] ?? 0
  const before = sessions.slice(0, position).findLast(earlier => earlier > 0)
  if (before === undefined || now >= before || isMissing(sessions, position)) return null
  return { lost: before - now, share: (before - now) / before }
}

const dropOffText = (sessions: readonly number[], position: number): string => {
  const drop = dropOff(sessions, position)
  return drop ? `${number(drop.lost)} (${percent(drop.share)})` : '–'
}

const rowsOf = (values: readonly (MetricValue | undefined)[], changes: boolean): Child[][] => {
  const sessions = values.map(sessionsOf)
  const largest = Math.max(...sessions)
  return FUNNEL_STEPS.map(({ text }, position) => {
    const [value, count = 0] = [values[position], sessions[position]]
    return [
      labelWithBar(text, count / largest),
      h('span', { 'data-value': count }, number(count)),
      position === 0 ? '' : dropOffText(sessions, position),
      valueCell(definitionOf(METRIC), value),
      ...(changes ? [value && changeMark(definitionOf(METRIC), value)] : []),
    ]
  })
}

const missingNote = (values: readonly (MetricValue | undefined)[]): HTMLElement | null => {
  const missing = FUNNEL_STEPS.filter((_, position) => isMissing(values.map(sessionsOf), position)).map(
    ({ event }) => event,
  )
  if (missing.length === 0) return null
  const events = new Intl.ListFormat(LOCALE).format(missing)
  return h('p', { class: 'note' }, fill(texts.missing, { count: missing.length, events }))
}

const content = (answers: readonly Answer[], view: View): Child[] => {
  const values = answers.map(({ rows }) => rows[0]?.metrics[METRIC])
  if (!values[0]?.denominator) return [emptyPeriod(view)]
  if (values.every(value => sessionsOf(value) === 0)) return [emptyState(texts.noShopping)]
  const changes = values.some(hasChange)
  const heads = [
    { text: tables.step },
    { text: tables.sessions, number: true },
    { text: tables.dropOff, help: texts.dropOffHelp, number: true },
    { text: texts.share, number: true },
    ...(changes ? [{ text: tables.change, number: true }] : []),
  ]
  const frame = table(texts.table, heads, rowsOf(values, changes))
  return [frame, lowSampleNote(values), missingNote(values)]
}

interface Step {
  readonly text: string
  readonly value: MetricValue | undefined
  readonly drop: ReturnType<typeof dropOff>
}

const stepsOf = (answers: readonly Answer[]): Step[] => {
  const values = answers.map(({ rows }) => rows[0]?.metrics[METRIC])
  return FUNNEL_STEPS.map(({ text }, at) => ({ text, value: values[at], drop: dropOff(values.map(sessionsOf), at) }))
}

const COLUMNS: readonly CsvColumn<Step>[] = [
  { name: 'step', of: ({ text }) => text },
  { name: 'sessions', of: ({ value }) => value?.numerator },
  { name: 'drop_off', of: ({ drop }) => drop?.lost },
  { name: 'drop_off_rate', of: ({ drop }) => drop?.share },
  { name: 'share_of_sessions', of: ({ value }) => value?.value },
  ...columnsIn(plainColumns(['low', 'high']), ({ value }: Step) => value),
]

/** The purchase funnel: sessions that reached each step. */
export const funnel = queryPanel({
  questions: funnelQuestions,
  draw: (body, answers, view) => refill(body, ...content(answers, view), ...warnings(answers[0])),
  csv: answers => csvOf(COLUMNS, stepsOf(answers)),
})
