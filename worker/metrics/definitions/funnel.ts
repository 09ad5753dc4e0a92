import type { StepValue } from '../../../shared/question'
import type { Funnel, SiteSettings } from '../../../shared/settings'
import { funnelSteps } from '../../relations/funnels'
import { get } from '../kinds/get'
import { share } from '../kinds/share'
import type { Arguments, Metric, Sums } from '../metric'
import { wilson } from '../statistics/wilson'

const NO_FUNNELS =
  'Set settings.funnels to the steps that visitors should take, for example [{"id":"buy","steps":[{"event":"view_item"},{"event":"purchase"}]}].'

/** Stands in on a site without funnels; it is never computed. */
const NONE: Funnel = { id: '', name: '', steps: [], order: 'sequential', window: 1, scope: 'visitor' }

/** The funnel that the query names, or the site's first one. */
const funnelOf = ({ funnels }: SiteSettings, { funnel }: Arguments): Funnel =>
  (funnel === null ? funnels[0] : funnels.find(({ id }) => id === funnel)) ?? NONE

/** Counts and median times of each step. */
const sumsOf = ({ steps }: Funnel): Record<string, string> => ({
  numerator: `sum(step = ${steps.length - 1})`,
  denominator: 'sum(step = 0)',
  pending: 'sum(waiting)',
  not_followed: 'sum(lost)',
  ...Object.fromEntries(
    steps.flatMap((_, step) => [
      [`reached${step}`, `sum(step = ${step})`],
      [`median${step}`, `avg(case when step = ${step} and place in ((n + 1) / 2, (n + 2) / 2) then took end)`],
    ]),
  ),
})

const stepValues = ({ steps }: Funnel, sums: Sums): StepValue[] => {
  const reached = steps.map((_, step) => get(sums, `reached${step}`))
  return steps.map(({ name }, step) => {
    const [first = 0, before, own = 0] = [reached[0], reached[step - 1], reached[step]]
    const isCompared = before !== undefined && before > 0
    return {
      name,
      reached: own,
      share: first > 0 ? own / first : null,
      dropoff: isCompared ? (before - own) / before : null,
      dropoff_interval: isCompared ? wilson(before - own, before) : null,
      median_seconds: own > 0 ? get(sums, `median${step}`) / 1000 : null,
    }
  })
}

const named = (funnel: Arguments[string] | undefined): string =>
  funnel === null ? 'the first funnel' : `the funnel "${funnel}"`

const completed = share({
  id: 'funnel',
  name: 'Funnel',
  help: 'The share of visitors, or of sessions, that completed every step of a funnel within its window.',
  numerator: ({ funnel }) => `visitors or sessions that reached the last step of ${named(funnel)}`,
  denominator: ({ funnel }) => `visitors or sessions that reached the first step of ${named(funnel)}`,
  glossary: ['visitor', 'session'],
  events: ['add_to_cart', 'begin_checkout', 'purchase'],
  unit: 'ratio',
  better: 'up',
  breakdown: 'session_and_event',
  parameters: [
    {
      name: 'funnel',
      names: 'funnel',
      help: 'The id of a funnel in settings.funnels; the first one by default.',
      default: null,
    },
  ],
  lacks: ({ funnels }) => (funnels.length === 0 ? NO_FUNNELS : null),
  of: ({ settings }, args) => {
    const funnel = funnelOf(settings, args)
    return { form: 'sums', relation: funnelSteps(funnel), sums: sumsOf(funnel) }
  },
  whole: 'first steps',
})

/** A funnel's conversion rate and steps. Filters and dimensions apply to the first step. */
export const FUNNEL: Metric<'funnel'> = {
  ...completed,
  read: (sums, context, args) => ({
    ...completed.read(sums, context, args),
    steps: stepValues(funnelOf(context.settings, args), sums),
    not_followed: get(sums, 'not_followed'),
  }),
}
