import type { Answer, MetricValue, Question } from '../../../../shared/question'
import type { View } from '../../address'
import { about } from '../../questions'
import { barred } from '../bar'
import { changeMark } from '../card'
import { type Child, h } from '../dom'
import { number, percent } from '../format'
import { definitionOf } from '../page'
import { asked } from '../panel'
import { refill } from '../refill'
import { roughNote, tellsChange } from '../rough'
import { empty, notes, nothingYet } from '../states'
import { table } from '../table'
import { valueCell } from '../value'

const METRIC = 'conversion_rate'

const STEPS = [
  { event: 'view_item', text: 'Looked at a product' },
  { event: 'add_to_cart', text: 'Put one into the cart' },
  { event: 'begin_checkout', text: 'Began a checkout' },
  { event: 'purchase', text: 'Bought' },
] as const

const questionOf = (view: View, event: string): Question => ({
  ...about(view),
  metrics: [METRIC],
  parameters: { [METRIC]: { scope: 'session', event } },
})

const sessionsOf = (value: MetricValue | undefined): number => value?.numerator ?? 0

/** A step that nothing tells of while later ones happened: its event is not sent. */
const isUntold = (sessions: readonly number[], position: number): boolean =>
  sessions[position] === 0 && sessions.slice(position).some(later => later > 0)

/** How many fewer sessions than those of the last step that is told of, and which part of them that is. */
const lossText = (sessions: readonly number[], position: number): string => {
  const now = sessions[position] ?? 0
  const before = sessions.slice(0, position).findLast(earlier => earlier > 0)
  if (before === undefined || isUntold(sessions, position)) return '–'
  return now >= before ? 'none' : `${number(before - now)} (${percent((before - now) / before)})`
}

const rowsOf = (values: readonly (MetricValue | undefined)[], changes: boolean): Child[][] => {
  const sessions = values.map(sessionsOf)
  const largest = Math.max(...sessions)
  return STEPS.map(({ text }, position) => {
    const [value, count = 0] = [values[position], sessions[position]]
    return [
      barred(text, count / largest),
      h('span', { 'data-value': count }, number(count)),
      position === 0 ? '' : lossText(sessions, position),
      valueCell(definitionOf(METRIC), value),
      ...(changes ? [value && changeMark(definitionOf(METRIC), value)] : []),
    ]
  })
}

const NO_SHOPPING =
  'There were sessions, but none with view_item, add_to_cart, begin_checkout or purchase. Send them with footfall(\'add_to_cart\', …) or data-footfall="add_to_cart".'

const untoldNote = (values: readonly (MetricValue | undefined)[]): HTMLElement | null => {
  const untold = STEPS.filter((_, position) => isUntold(values.map(sessionsOf), position)).map(({ event }) => event)
  if (untold.length === 0) return null
  const names = new Intl.ListFormat('en').format(untold)
  return h('p', { class: 'note' }, `No ${names} came in this period; send it, and losses are told for its step too.`)
}

const drawn = (answers: readonly Answer[], view: View): Child[] => {
  const values = answers.map(({ rows }) => rows[0]?.metrics[METRIC])
  if (!values[0]?.denominator) return [nothingYet(view)]
  if (values.every(value => sessionsOf(value) === 0)) return [empty(NO_SHOPPING)]
  const changes = values.some(tellsChange)
  const heads = [
    { text: 'Step' },
    { text: 'Sessions', number: true },
    { text: 'Lost', help: 'Since the step before', number: true },
    { text: 'Of all sessions', number: true },
    ...(changes ? [{ text: 'Change', number: true }] : []),
  ]
  const frame = table('Sessions by step', heads, rowsOf(values, changes))
  return [frame, roughNote(values), untoldNote(values)]
}

/** How many sessions came as far as each step of shopping. */
export const funnel = asked({
  questions: view => STEPS.map(({ event }) => questionOf(view, event)),
  draw: (body, answers, view) => refill(body, ...drawn(answers, view), ...notes(answers[0])),
})
