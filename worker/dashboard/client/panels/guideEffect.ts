import { type CsvColumn, csvOf } from '../../../../shared/csv'
import type { Answer, MetricValue } from '../../../../shared/question'
import type { View } from '../../address'
import { about, type MetricQuestion } from '../../questions'
import { emptyState } from '../components/emptyState'
import { type Child, h } from '../components/h'
import { labelWithBar } from '../components/labelWithBar'
import { optionLinks } from '../components/optionLinks'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { settingsLink } from '../components/settingsLink'
import { table } from '../components/table'
import { warnings } from '../components/warnings'
import { changeText } from '../format/changeText'
import { groupText } from '../format/groupText'
import { number, percent } from '../format/number'
import { statusText } from '../format/statusText'
import { definitionOf } from '../state/definitionOf'
import { PAGE } from '../state/page'

const METRIC = 'guide_effect'
/** Guides that can be chosen. */
const MOST = 12

/** The question for the effect of a guide, or of any. */
export const effectQuestion = (view: View, guide: string | undefined): MetricQuestion => {
  const { compare: _, ...rest } = about(view)
  return { ...rest, metrics: [METRIC], ...(guide && { parameters: { [METRIC]: { guide } } }) }
}

const questionsOf = (view: View): readonly MetricQuestion[] => {
  const { compare: _, ...rest } = about(view)
  return [
    effectQuestion(view, view.own.effect_guide),
    { ...rest, metrics: ['guide_views'], dimensions: ['guide'], order_by: [['guide_views', 'desc']], limit: MOST },
  ]
}

/** Sign-ups with or without a completed guide. */
interface Group {
  readonly text: string
  readonly signUps: number
  readonly activated: number
}

export const groupsOf = ({ parts = {} }: MetricValue): readonly [Group, Group] => {
  const count = (name: string): number => parts[name] ?? 0
  return [
    { text: 'Completed', signUps: count('completed'), activated: count('completed_activated') },
    { text: 'Not completed', signUps: count('not_completed'), activated: count('not_completed_activated') },
  ]
}

export const rateOf = ({ signUps, activated }: Group): number | null => (signUps === 0 ? null : activated / signUps)

const HEADS = [
  { text: 'Guide' },
  { text: 'Sign-ups', number: true },
  { text: 'Activated', number: true },
  { text: 'Activation rate', number: true },
]

const rowOf = (group: Group): Child[] => {
  const rate = rateOf(group)
  return [
    labelWithBar(group.text, rate ?? 0),
    number(group.signUps),
    number(group.activated),
    rate === null ? '–' : percent(rate),
  ]
}

/** The interval's verdict in words. */
const verdictOf = ({ interval }: MetricValue): string => {
  if (!interval || (interval[0] <= 0 && interval[1] >= 0)) return 'No clear difference: the interval includes 0.'
  return `Clear difference: sign-ups that completed a guide activated ${interval[0] > 0 ? 'more' : 'less'} often.`
}

const points = (value: number): string => changeText(definitionOf(METRIC), value)

/** The difference between the activation rates, and its interval. */
export const effectTexts = ({ value, interval }: MetricValue): readonly [value: string, interval: string] => [
  points(value ?? 0),
  interval?.map(points).join(' to ') ?? '',
]

const effect = (value: MetricValue): HTMLElement => {
  const { help } = definitionOf(METRIC)
  const [difference, range] = effectTexts(value)
  return h(
    'div',
    { class: 'figure', 'data-metric': METRIC, 'data-status': value.status },
    h('p', { class: 'name', title: help }, 'Difference in activation rate'),
    h('strong', { class: 'value', 'data-value': value.value ?? '' }, difference),
    h('p', { class: 'made' }, `95% confidence interval: ${range}.`),
  )
}

const maturing = ({ pending }: MetricValue): string =>
  pending === 0
    ? ''
    : ` Still maturing: ${number(pending)} ${pending === 1 ? 'sign-up is' : 'sign-ups are'} inside the 7-day window.`

const content = (value: MetricValue | undefined, view: View): Child[] => {
  if (!value || value.value === null) {
    const link = value?.status === 'needs_input' && PAGE.rights.edit
    return [
      emptyState(value ? statusText(value) : 'No sign-ups in this period.'),
      link && settingsLink(view, 'value_event', 'Set activation event'),
    ]
  }
  return [
    effect(value),
    h('p', {}, verdictOf(value)),
    table('Activation with and without a completed guide', HEADS, groupsOf(value).map(rowOf)),
    h('p', { class: 'note' }, `${statusText(value)}${maturing(value)}`),
  ]
}

const guideLinks = (answer: Answer | undefined, { own }: View): Child => {
  const ids = (answer?.rows ?? []).flatMap(({ dimensions }) => dimensions?.guide ?? [])
  if (ids.length < 2) return null
  const options = ids.map(id => ({ value: id, text: groupText('guide', id) }))
  const all = { value: '', text: 'Any guide' }
  return optionLinks(
    'Guide',
    'effect_guide',
    [all, ...options],
    options.find(({ value }) => value === own.effect_guide) ?? all,
  )
}

const COLUMNS: readonly CsvColumn<Group>[] = [
  { name: 'guide', of: ({ text }) => text },
  { name: 'sign_ups', of: ({ signUps }) => signUps },
  { name: 'activated', of: ({ activated }) => activated },
  { name: 'activation_rate', of: rateOf },
]

/** The effect in an answer. */
export const effectIn = (answer: Answer | undefined): MetricValue | undefined => answer?.rows[0]?.metrics[METRIC]

/** Activation of sign-ups that completed a guide, compared with the others. */
export const guideEffect = queryPanel({
  questions: questionsOf,
  draw: (body, answers, view) =>
    refill(body, guideLinks(answers[1], view), ...content(effectIn(answers[0]), view), ...warnings(answers[0])),
  csv: answers => {
    const value = effectIn(answers[0])
    return csvOf(COLUMNS, value ? groupsOf(value) : [])
  },
})
