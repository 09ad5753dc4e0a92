import type { Granularity, Parameters, Period } from '../../shared/question.ts'
import { addDays, type Bucket, bucketsOf, dayOf, readPeriod, startOfDay } from './calendar.ts'
import { type AskedFilter, applyFilter, type Selection, splitBy, withPeople } from './dimensions.ts'
import type { World } from './facts.ts'
import { emailRatesByCampaign, fetchesBy } from './metrics/acquisition.ts'
import { conversionsByGoal, rateByGoal } from './metrics/goals.ts'
import { dropoffBySteps } from './metrics/guides.ts'
import { adoptionByFeature, retentionByCohort } from './metrics/users.ts'
import { METRICS, type MetricId } from './metrics.ts'
import { settingsOf } from './rules.ts'
import type { Scope, Truth } from './scope.ts'

export interface TruthQuestion {
  readonly metrics: readonly MetricId[]
  readonly period: Exclude<Period, 'all'>
  readonly granularity?: Granularity | undefined
  readonly dimensions?: readonly string[] | undefined
  readonly filters?: readonly AskedFilter[] | undefined
  readonly parameters?: Partial<Record<MetricId, Parameters>> | undefined
}

export interface TruthRow {
  readonly bucket: Bucket
  readonly dimensions: Readonly<Record<string, string>>
  readonly metrics: Partial<Record<MetricId, Truth>>
}

interface Group {
  readonly dimensions: Readonly<Record<string, string>>
  readonly selection: Selection
}

const everything = ({ facts, sessions }: World): Selection => ({
  facts,
  withItems: facts,
  sessions,
  pickedItem: () => true,
})

const groupsOf = (selection: Selection, dimensions: readonly string[]): Group[] =>
  dimensions.reduce<Group[]>(
    (groups, dimension) =>
      groups.flatMap(group =>
        [...splitBy(group.selection, dimension)].map(([value, narrowed]) => ({
          dimensions: { ...group.dimensions, [dimension]: value },
          selection: narrowed,
        })),
      ),
    [{ dimensions: {}, selection }],
  )

/** The scopes of a query without its parameters, one per row: by group, in time order. */
export const scopesOf = (world: World, now: number, question: TruthQuestion): TruthCell[] => {
  const { timezone } = world.site
  const today = dayOf(now, timezone)
  const period = readPeriod(question.period, today)
  const start = startOfDay(period.from, timezone)
  const end = startOfDay(addDays(period.to, 1), timezone)
  const whole = world.facts.filter(({ time }) => start <= time && time < end)
  const filters = (question.filters ?? []).map(filter => withPeople(filter, whole, settingsOf(world).goals))
  const selection = filters.reduce<Selection>(applyFilter, everything(world))
  return groupsOf(selection, question.dimensions ?? []).flatMap(group =>
    bucketsOf(period, question.granularity, timezone).map(bucket => ({
      dimensions: group.dimensions,
      scope: { world, now, today, period, bucket, whole, selection: group.selection, parameters: {} } satisfies Scope,
    })),
  )
}

/** A cell of an answer before its metrics are computed. */
export interface TruthCell {
  readonly dimensions: Readonly<Record<string, string>>
  readonly scope: Scope
}

/** Answers a query from a world of events, slowly and plainly. */
export const ask = (world: World, now: number, question: TruthQuestion): TruthRow[] =>
  scopesOf(world, now, question).map(({ dimensions, scope }) => ({
    bucket: scope.bucket,
    dimensions,
    metrics: Object.fromEntries(
      question.metrics.map(id => [id, METRICS[id]({ ...scope, parameters: question.parameters?.[id] ?? {} })]),
    ),
  }))

type Split<T> = (world: World, now: number, question: Omit<TruthQuestion, 'metrics'>) => Map<T, Truth>

/** The values of a metric with its own breakdown over a whole period. */
const whole =
  <T>(split: (scope: Scope) => Map<T, Truth>): Split<T> =>
  (world, now, question) => {
    const [first] = scopesOf(world, now, { ...question, metrics: [] })
    return first ? split(first.scope) : new Map()
  }

/** `guide_step_dropoff` of a whole period by step. */
export const askDropoff = whole(dropoffBySteps)

/** `feature_adoption_rate` of a whole period by feature. */
export const askFeatures = whole(adoptionByFeature)

/** `retention_rate` by the first day of people new in a period. */
export const askCohorts = whole(retentionByCohort)

/** `email_open_rate` and `email_click_rate` of a whole period by campaign. */
export const askOpens = whole(scope => emailRatesByCampaign(scope, 'opens'))
export const askClicks = whole(scope => emailRatesByCampaign(scope, 'clicks'))

/** `ai_fetches` of a whole period by page, and by crawler. */
export const askFetchedPages = whole(scope => fetchesBy(scope, 'page'))
export const askCrawlers = whole(scope => fetchesBy(scope, 'crawler'))

/** `goal_conversions` and `goal_conversion_rate` of a whole period by goal. */
export const askGoals = whole(conversionsByGoal)
export const askGoalRates = whole(rateByGoal)
