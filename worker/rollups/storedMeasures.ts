import type { SiteSettings } from '../../shared/settings'
import { DAY } from '../../shared/time'
import { hash52 } from '../lib/hash'
import { allowedDimensions, defaultsOf } from '../metrics/allowed'
import { METRICS } from '../metrics/definitions'
import type { Dimension } from '../metrics/dimensions'
import type { Arguments, Measure, Metric } from '../metrics/metric'
import { isMergeable } from '../metrics/people'
import { ruledEvents } from '../metrics/ruledEvents'
import { type MetricMeasure, measureIn, metricMeasures } from '../query/compile/metricMeasure'
import { begin } from '../query/compile/statement'
import type { Builder } from '../relations/sql/builder'
import type { Scope } from '../relations/sql/scope'
import { HELD_FACTS } from '../relations/sql/tables'
import { measureKey } from './measureKey'

/** A measure that rollups store. */
export interface StoredMeasure extends MetricMeasure {
  /** The name by which its totals are stored. */
  readonly key: string
  /** Of its sums, in the order in which they are stored. */
  readonly names: readonly string[]
  /** Whether it counts people, each of them once. */
  readonly isOfPeople: boolean
  /** Whether it adds up sessions without reading their events. */
  readonly isOfSessions: boolean
  /** Whether it counts people who were active. */
  readonly isOfActivity: boolean
  /** Whether it adds up events without reading their sessions. */
  readonly isOfEvents: boolean
}

/** A scope of any site and time: whether and how a measure is stored depends on neither. */
const anyDay = (settings: SiteSettings, dimensions: readonly Dimension[], events: readonly string[]): Scope => ({
  site: 0,
  zone: 'UTC',
  now: 0,
  range: { from: 0, to: DAY, firstDay: 0, lastDay: 0 },
  granularity: 'day',
  dimensions,
  filters: [],
  removed: null,
  added: null,
  hasIdentities: false,
  formerEvents: new Map(),
  customEvents: new Map([...ruledEvents(settings), ...events].map(name => [name, hash52(name)])),
  currencies: new Map(),
  settings,
  users: new Map(),
  ends: [],
})

const DAILY_NAMES = ['x', 'xx']

/** Names of a measure's sums; `null` where days do not add up to longer periods. */
const namesOf = (measure: Measure): readonly string[] | null => {
  if (measure.form === 'daily') return DAILY_NAMES
  if (measure.form !== 'sums' || measure.relation.rolls === undefined) return null
  return measure.perPerson === undefined || isMergeable(measure) ? Object.keys(measure.sums) : null
}

/** Every measure of a metric. */
export const measuresOf = (metric: Metric, args: Arguments, settings: SiteSettings): MetricMeasure[] =>
  metricMeasures(metric, args, begin(anyDay(settings, [], [])))

type Nature = Pick<StoredMeasure, 'isOfPeople' | 'isOfSessions' | 'isOfActivity' | 'isOfEvents'>

const natureOf = (measure: Measure, dimensions: readonly Dimension[], builder: Builder): Nature => {
  if (measure.form !== 'sums') return { isOfPeople: false, isOfSessions: false, isOfActivity: false, isOfEvents: false }
  const isOfPeople = measure.perPerson !== undefined
  measure.relation.rows(builder)
  return {
    isOfPeople,
    isOfSessions: !isOfPeople && measure.relation.rolls === 'session' && !builder.uses(HELD_FACTS),
    isOfActivity: isOfPeople && measure.relation.isActivity === true,
    isOfEvents: !isOfPeople && measure.relation.rolls === 'hour' && dimensions.every(({ level }) => level === 'event'),
  }
}

const findStored = (
  metric: Metric,
  args: Arguments,
  settings: SiteSettings,
  dimensions: readonly Dimension[],
): (StoredMeasure | null)[] => {
  const events = metric.parameters.flatMap(({ name, names }) =>
    names === 'event' && args[name] ? [String(args[name])] : [],
  )
  const scope = anyDay(settings, dimensions, events)
  return measuresOf(metric, args, settings).map(requested => {
    const builder = begin(scope)
    const measure = measureIn(requested, builder)
    const names = namesOf(measure)
    if (names === null) return null
    return {
      key: measureKey(metric, measure, args, settings),
      ...requested,
      names,
      ...natureOf(measure, dimensions, builder),
    }
  })
}

/** By settings, metric, arguments and dimensions. */
const memoized = new Map<string, (StoredMeasure | null)[]>()

/**
 * The measures of a metric; `null` for those that rollups do not store.
 * @param dimensions at most one, which is `rolled`
 */
export const storedMeasures = (
  metric: Metric,
  args: Arguments,
  settings: SiteSettings,
  dimensions: readonly Dimension[],
): readonly (StoredMeasure | null)[] => {
  // These change no stored measure, and can be long.
  const { segments: _, goals: __, funnels: ___, ...rules } = settings
  const key = JSON.stringify([rules, metric.id, args, dimensions.map(({ id }) => id)])
  const found = memoized.get(key)
  if (found) return found
  if (memoized.size > 2000) memoized.clear()
  const measures = findStored(metric, args, settings, dimensions)
  memoized.set(key, measures)
  return measures
}

/** Ratios need many sums for their intervals and are rarely broken down: rollups by a dimension do not store them. */
const isStoredBy = (metric: Metric, dimension: Dimension): boolean =>
  metric.kind !== 'per' &&
  allowedDimensions(metric).includes(dimension.id) &&
  metric.allows?.(defaultsOf(metric), dimension, 'breakdown') !== false

/** Every measure that rollups by a dimension store, or those of totals, once each. */
export const everyStoredMeasure = (settings: SiteSettings, dimension: Dimension | null): StoredMeasure[] => {
  const measures = METRICS.filter(
    metric => !metric.lacks?.(settings, defaultsOf(metric)) && (dimension === null || isStoredBy(metric, dimension)),
  ).flatMap(metric => storedMeasures(metric, defaultsOf(metric), settings, dimension === null ? [] : [dimension]))
  return [...new Map(measures.flatMap(one => (one ? [[one.key, one] as const] : []))).values()]
}
