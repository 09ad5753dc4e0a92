import type { StepValue } from '../../../shared/question'
import {
  FUNNEL_ORDERS,
  FUNNEL_SCOPES,
  type Funnel,
  type FunnelStep,
  LONGEST_WINDOW,
  SHORTEST_WINDOW,
  type SiteSettings,
  USUAL_WINDOW,
} from '../../../shared/settings'
import { wilson } from '../../../shared/wilson'
import { funnelSteps } from '../../relations/funnels'
import { get } from '../kinds/get'
import { share } from '../kinds/share'
import type { Arguments, Metric, Sums } from '../metric'

const NO_FUNNELS =
  'Set settings.funnels to the steps that visitors should take, for example [{"id":"buy","steps":[{"event":"view_item"},{"event":"purchase"}]}].'

/** Stands in on a site without funnels; it is never computed. */
const NONE: Funnel = { id: '', name: '', steps: [], order: 'sequential', window: 1, scope: 'visitor' }

/** Of a query that gives the steps. */
const GIVEN: Funnel = { ...NONE, order: 'sequential', window: USUAL_WINDOW, scope: 'visitor' }

/** The funnel whose steps the query gives or that it names, or the site's first one. */
const unchanged = ({ funnels }: SiteSettings, { funnel = null, steps = null }: Arguments): Funnel => {
  if (steps !== null) return { ...GIVEN, steps: JSON.parse(String(steps)) as FunnelStep[] }
  return (funnel === null ? funnels[0] : funnels.find(({ id }) => id === funnel)) ?? NONE
}

/** The same with the order, window and scope of the query, if it gives them. */
const funnelOf = (settings: SiteSettings, args: Arguments): Funnel => {
  const funnel = unchanged(settings, args)
  const { order, window, scope } = args
  return {
    ...funnel,
    order: FUNNEL_ORDERS.find(one => one === order) ?? funnel.order,
    window: Number(window ?? funnel.window),
    scope: FUNNEL_SCOPES.find(one => one === scope) ?? funnel.scope,
  }
}

const lacks = ({ funnels }: SiteSettings, { funnel = null, steps = null }: Arguments = {}): string | null => {
  if (steps === null) return funnels.length === 0 ? NO_FUNNELS : null
  return funnel === null ? null : 'Give "funnel" or "steps", not both.'
}

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

const named = ({ funnel = null, steps = null }: Arguments): string => {
  if (steps !== null) return 'the given steps'
  return funnel === null ? 'the first funnel' : `the funnel "${funnel}"`
}

const ORDER_WORDS: Readonly<Record<Funnel['order'], string>> = {
  sequential: 'in sequence',
  strict: 'with nothing in between',
  any: 'in any sequence',
}

const whoReached = (step: string, args: Arguments): string =>
  `${args.scope ? `${args.scope}s` : 'visitors or sessions'} that reached the ${step} step of ${named(args)}`

/** With the order and window of the query, where they replace those of the funnel. */
const whoCompleted = (args: Arguments): string => {
  const chosen = FUNNEL_ORDERS.find(order => order === args.order)
  const { window = null } = args
  return [
    whoReached('last', args),
    ...(chosen ? [ORDER_WORDS[chosen]] : []),
    ...(window === null ? [] : [`within ${window} ${Number(window) === 1 ? 'day' : 'days'}`]),
  ].join(', ')
}

const completed = share({
  id: 'funnel',
  name: 'Funnel',
  help: 'The share of visitors, or of sessions, that completed every step of a funnel within its window.',
  numerator: whoCompleted,
  denominator: args => whoReached('first', args),
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
    {
      name: 'steps',
      steps: true,
      unfiltered: true,
      help: 'Steps to use instead of a funnel from the settings: 2 to 8, like [{"page":"/pricing"},{"event":"sign_up"}], each with an optional name and where.',
      default: null,
    },
    {
      name: 'order',
      values: FUNNEL_ORDERS,
      help: 'How the steps follow each other: in this order (sequential), with nothing in between (strict), or in any order. By default as in the settings, or sequential.',
      default: null,
    },
    {
      name: 'window',
      from: SHORTEST_WINDOW,
      to: LONGEST_WINDOW,
      fraction: true,
      help: 'The maximum number of days from the first step to the last. By default as in the settings, or 30.',
      default: null,
    },
    {
      name: 'scope',
      values: FUNNEL_SCOPES,
      help: 'Whether a visitor takes all steps or one session contains them. By default as in the settings, or visitor.',
      default: null,
    },
  ],
  lacks,
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
