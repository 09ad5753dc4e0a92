import { type CsvColumn, csvOf } from '../../../../shared/csv'
import type { Answer, MetricValue, StepValue } from '../../../../shared/question'
import type { FunnelOrder } from '../../../../shared/settings'
import type { View } from '../../address'
import type { FunnelData } from '../../page'
import { about, type MetricQuestion } from '../../questions'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { goalsTexts } from '../../texts/goals'
import { emptyState } from '../components/emptyState'
import { figure } from '../components/figure'
import { find } from '../components/find'
import { type Child, h } from '../components/h'
import { labelWithBar } from '../components/labelWithBar'
import { optionLinks } from '../components/optionLinks'
import type { Mount } from '../components/panel'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { settingsLink } from '../components/settingsLink'
import { splitMenu, splitOf } from '../components/splitMenu'
import { table } from '../components/table'
import { warnings } from '../components/warnings'
import { duration } from '../format/duration'
import { intervalText } from '../format/intervalText'
import { number, percent } from '../format/number'
import { statusText } from '../format/statusText'
import { windowText } from '../format/windowText'
import { definitionOf } from '../state/definitionOf'
import { PAGE } from '../state/page'
import { buildFunnel } from './buildFunnel'
import { funnelGroups, funnelSplit } from './funnelSplit'
import { givenFunnel, givenParameters, NOT_GIVEN } from './givenFunnel'

const { funnels: texts } = goalsTexts
const { tables } = clientFrameTexts

const METRIC = 'funnel'

const RULES = { sequential: texts.sequential, strict: texts.strict, any: texts.any } as const satisfies Readonly<
  Record<FunnelOrder, unknown>
>

const RULES_IN_SESSION = {
  sequential: texts.sequentialInSession,
  strict: texts.strictInSession,
  any: texts.anyInSession,
} as const satisfies Readonly<Record<FunnelOrder, unknown>>

/** The funnel that the address holds or names, or the first. */
const shownFunnel = (view: View): FunnelData | undefined =>
  givenFunnel(view) ?? PAGE.funnels.find(({ id }) => id === view.own.funnel) ?? PAGE.funnels[0]

const questionsOf = (view: View): readonly MetricQuestion[] => {
  const shown = shownFunnel(view)
  if (!shown) return []
  const parameters = { [METRIC]: shown.id === '' ? givenParameters(view) : { funnel: shown.id } }
  const question = { ...about(view), metrics: [METRIC] as const, parameters }
  const { compare: _, ...rest } = question
  const split = splitOf(view)
  return split ? [question, { ...rest, dimensions: [split] }] : [question]
}

const valueIn = (answer: Answer | undefined): MetricValue | undefined => answer?.rows[0]?.metrics[METRIC]

const stepsIn = (value: MetricValue | undefined): readonly StepValue[] => (value?.steps ?? []) as readonly StepValue[]

const isOfSessions = ({ scope }: FunnelData): boolean => scope === 'session'

const rulesOf = (funnel: FunnelData): string =>
  fill((isOfSessions(funnel) ? RULES_IN_SESSION : RULES)[funnel.order], { window: windowText(funnel.window) })

const dropOffCell = ({ dropoff, dropoff_interval }: StepValue, before: StepValue | undefined): Child => {
  if (dropoff === null || !before) return before ? '–' : ''
  const range = intervalText({ unit: 'ratio' }, { value: dropoff, interval: dropoff_interval })
  const text = `${number(Math.round(dropoff * before.reached))} (${percent(dropoff)})`
  return h('span', { class: 'in-table', 'data-value': dropoff }, text, h('span', { class: 'range' }, range))
}

const rowOf = (step: StepValue, position: number, steps: readonly StepValue[]): Child[] => [
  labelWithBar(step.name, step.share ?? 0),
  h('span', { 'data-value': step.reached }, number(step.reached)),
  step.share === null ? '–' : percent(step.share),
  dropOffCell(step, steps[position - 1]),
  position === 0 ? '' : step.median_seconds === null ? '–' : duration(step.median_seconds),
]

const stepTable = (funnel: FunnelData, steps: readonly StepValue[]): HTMLElement => {
  const heads = [
    { text: tables.step },
    { text: isOfSessions(funnel) ? tables.sessions : tables.visitors, number: true },
    { text: texts.share, number: true },
    { text: tables.dropOff, help: texts.dropOffHelp, number: true },
    { text: texts.medianTime, number: true, wide: true },
  ]
  return table(fill(texts.table, { funnel: funnel.name }), heads, steps.map(rowOf))
}

/** Names the two steps with the largest share lost in between. */
const largestDropOff = (steps: readonly StepValue[]): string => {
  const [worst] = steps.toSorted((one, other) => (other.dropoff ?? 0) - (one.dropoff ?? 0))
  const before = worst && steps[steps.indexOf(worst) - 1]
  if (!worst?.dropoff || !before) return ''
  return fill(texts.largest, { before: before.name, step: worst.name, share: percent(worst.dropoff) })
}

const notFollowedText = ({ not_followed: count = 0 }: MetricValue): string =>
  count === 0 ? '' : fill(texts.notFollowed, { count })

const content = (funnel: FunnelData, value: MetricValue | undefined): Child[] => {
  const steps = stepsIn(value)
  if (!value?.denominator) {
    const none = isOfSessions(funnel) ? texts.noSessions : texts.noVisitors
    return [emptyState(!value || value.status === 'no_data' ? none : statusText(value))]
  }
  const note = [largestDropOff(steps), notFollowedText(value)].filter(text => text !== '').join(' ')
  return [
    figure(definitionOf(METRIC), value, funnel.name),
    stepTable(funnel, steps),
    h('p', { class: 'note' }, rulesOf(funnel)),
    note !== '' && h('p', { class: 'note' }, note),
  ]
}

/** Links to the funnels of the site. One that the address holds is lost by a click on another. */
const choices = (shown: FunnelData): Child => {
  const saved = PAGE.funnels.map(({ id, name }) => ({ value: id, text: name }))
  const own = { value: shown.id, text: shown.name }
  const options = shown.id === '' ? [own, ...saved] : saved
  return options.length > 1 && optionLinks(texts.choice, METRIC, options, own, NOT_GIVEN)
}

/** A step, with the group that it is of. */
interface Line {
  readonly group: string
  readonly step: StepValue
}

const COLUMNS: readonly CsvColumn<Line>[] = [
  { name: 'step', of: ({ step }) => step.name },
  { name: 'reached', of: ({ step }) => step.reached },
  { name: 'share_of_first_step', of: ({ step }) => step.share },
  { name: 'drop_off_rate', of: ({ step }) => step.dropoff },
  { name: 'low', of: ({ step }) => step.dropoff_interval?.[0] },
  { name: 'high', of: ({ step }) => step.dropoff_interval?.[1] },
  { name: 'median_seconds', of: ({ step }) => step.median_seconds },
]

const csv = (answers: readonly Answer[], view: View): string => {
  const split = splitOf(view)
  if (!split)
    return csvOf(
      COLUMNS,
      stepsIn(valueIn(answers[0])).map(step => ({ group: '', step })),
    )
  const lines = funnelGroups(answers, split, view).flatMap(({ group, steps }) => steps.map(step => ({ group, step })))
  return csvOf([{ name: split, of: ({ group }) => group }, ...COLUMNS], lines)
}

const steps = queryPanel({
  questions: questionsOf,
  draw: (body, answers, view) => {
    const [answer] = answers
    const shown = shownFunnel(view)
    const link = PAGE.rights.edit && settingsLink(view, 'funnels', texts.add)
    if (!shown) return refill(body, emptyState(texts.none), link)
    const value = valueIn(answer)
    const dimension = splitOf(view)
    const split = dimension && value?.denominator ? funnelSplit(answers, dimension, view) : []
    refill(body, choices(shown), ...content(shown, value), ...split, link, ...warnings(answer))
  },
  csv,
})

/** The site's funnels or one that the reader builds, with each step's visitors or sessions and drop-off. */
export const funnels: Mount = section => {
  splitMenu(section)
  find('#build', section).addEventListener('click', buildFunnel)
  steps(section)
}
