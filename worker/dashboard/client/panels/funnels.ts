import { type CsvColumn, csvOf } from '../../../../shared/csv'
import type { Answer, MetricValue, StepValue } from '../../../../shared/question'
import type { FunnelOrder } from '../../../../shared/settings'
import type { View } from '../../address'
import type { FunnelData } from '../../page'
import { about } from '../../questions'
import { emptyState } from '../components/emptyState'
import { figure } from '../components/figure'
import { type Child, h } from '../components/h'
import { labelWithBar } from '../components/labelWithBar'
import { optionLinks } from '../components/optionLinks'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { settingsLink } from '../components/settingsLink'
import { table } from '../components/table'
import { warnings } from '../components/warnings'
import { duration } from '../format/duration'
import { intervalText } from '../format/intervalText'
import { number, percent } from '../format/number'
import { statusText } from '../format/statusText'
import { windowText } from '../format/windowText'
import { definitionOf } from '../state/definitionOf'
import { PAGE } from '../state/page'

const METRIC = 'funnel'

const ORDERS: Readonly<Record<FunnelOrder, string>> = {
  sequential: 'Steps in this order',
  strict: 'Steps in this order with nothing in between',
  any: 'Steps in any order',
}

/** The funnel that the address names, or the first. */
const shownFunnel = ({ own }: View): FunnelData | undefined =>
  PAGE.funnels.find(({ id }) => id === own.funnel) ?? PAGE.funnels[0]

const valueIn = (answer: Answer | undefined): MetricValue | undefined => answer?.rows[0]?.metrics[METRIC]

const stepsIn = (value: MetricValue | undefined): readonly StepValue[] => (value?.steps ?? []) as readonly StepValue[]

const unitOf = ({ scope }: FunnelData): string => (scope === 'session' ? 'sessions' : 'visitors')

const rulesOf = (funnel: FunnelData): string =>
  `${ORDERS[funnel.order]}, within ${windowText(funnel.window)}${funnel.scope === 'session' ? ' and one session' : ''}.`

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
    { text: 'Step' },
    { text: unitOf(funnel) === 'sessions' ? 'Sessions' : 'Visitors', number: true },
    { text: '% of first step', number: true },
    { text: 'Drop-off', help: 'From the previous step, with its 95% confidence interval', number: true },
    { text: 'Median time from first step', number: true, wide: true },
  ]
  return table(`Steps of ${funnel.name}`, heads, steps.map(rowOf))
}

/** Names the two steps with the largest share lost in between. */
const largestDropOff = (steps: readonly StepValue[]): string => {
  const [worst] = steps.toSorted((one, other) => (other.dropoff ?? 0) - (one.dropoff ?? 0))
  const before = worst && steps[steps.indexOf(worst) - 1]
  return worst?.dropoff && before ? `Largest drop-off: ${before.name} → ${worst.name}, ${percent(worst.dropoff)}. ` : ''
}

const notFollowedText = ({ not_followed = 0 }: MetricValue): string =>
  not_followed === 0
    ? ''
    : `${number(not_followed)} ${not_followed === 1 ? 'visitor' : 'visitors'} could not be followed: ${not_followed === 1 ? 'its daily ID' : 'their daily IDs'} expired at midnight before the last step.`

const content = (funnel: FunnelData, value: MetricValue | undefined): Child[] => {
  const steps = stepsIn(value)
  if (!value?.denominator) {
    const none = `No ${unitOf(funnel)} reached the first step in this period. Try a longer range or remove filters.`
    return [emptyState(!value || value.status === 'no_data' ? none : statusText(value))]
  }
  const note = `${largestDropOff(steps)}${notFollowedText(value)}`
  return [
    figure(definitionOf(METRIC), value, funnel.name),
    stepTable(funnel, steps),
    h('p', { class: 'note' }, rulesOf(funnel)),
    note !== '' && h('p', { class: 'note' }, note.trim()),
  ]
}

const choices = (shown: FunnelData): Child => {
  const options = PAGE.funnels.map(({ id, name }) => ({ value: id, text: name }))
  return options.length > 1 && optionLinks('Funnel', METRIC, options, { value: shown.id, text: shown.name })
}

const COLUMNS: readonly CsvColumn<StepValue>[] = [
  { name: 'step', of: ({ name }) => name },
  { name: 'reached', of: ({ reached }) => reached },
  { name: 'share_of_first_step', of: ({ share }) => share },
  { name: 'drop_off_rate', of: ({ dropoff }) => dropoff },
  { name: 'low', of: ({ dropoff_interval }) => dropoff_interval?.[0] },
  { name: 'high', of: ({ dropoff_interval }) => dropoff_interval?.[1] },
  { name: 'median_seconds', of: ({ median_seconds }) => median_seconds },
]

const NONE = 'A funnel shows where visitors drop off between steps, such as product, cart and order.'

/** The site's funnels, one at a time, with each step's visitors or sessions and drop-off. */
export const funnels = queryPanel({
  questions: view => {
    const shown = shownFunnel(view)
    return shown ? [{ ...about(view), metrics: [METRIC], parameters: { [METRIC]: { funnel: shown.id } } }] : []
  },
  draw: (body, [answer], view) => {
    const shown = shownFunnel(view)
    const link = PAGE.rights.edit && settingsLink(view, 'funnels', 'Add funnel')
    if (!shown) refill(body, emptyState(NONE), link)
    else refill(body, choices(shown), ...content(shown, valueIn(answer)), link, ...warnings(answer))
  },
  ...(PAGE.funnels.length > 0 && { csv: ([answer]) => csvOf(COLUMNS, stepsIn(valueIn(answer))) }),
})
