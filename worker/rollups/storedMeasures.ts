import type { SiteSettings } from '../../shared/settings'
import { DAY } from '../../shared/time'
import { hash52 } from '../lib/hash'
import { allowedDimensions, defaultsOf } from '../metrics/allowed'
import { METRICS } from '../metrics/definitions'
import type { Dimension } from '../metrics/dimensions'
import type { Arguments, Measure, Metric } from '../metrics/metric'
import { isMergeable } from '../metrics/people'
import { ruledEvents } from '../metrics/ruledEvents'
import { begin } from '../query/compile/statement'
import type { MeasureOf } from '../query/compile/statements'
import type { Builder } from '../relations/sql/builder'
import type { Scope } from '../relations/sql/scope'
import { HELD_FACTS } from '../relations/sql/tables'
import { measureKey } from './measureKey'

/** A measure that rollups store. */
export interface StoredMeasure {
  /** The name that its stored sums are found by. */
  readonly key: string
  readonly measureOf: MeasureOf
  /** Of its sums, in the order in which they are kept. */
  readonly names: readonly string[]
  /** Whether it counts people, of whom each is one however often. */
  readonly isOfPeople: boolean
  /** Whether it adds up sessions, each by itself and without a look at its facts. */
  readonly isOfSessions: boolean
  /** Whether it counts people who were active. */
  readonly isOfActivity: boolean
  /** Whether it adds up facts, each by itself. */
  readonly isOfFacts: boolean
}

/** Everything but the site and the time: what sums are made of must not depend on either. */
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

/** Names of a measure's sums, `null` when its sums of days are of no use for longer. */
const namesOf = (measure: Measure): readonly string[] | null => {
  if (measure.form === 'daily') return DAILY_NAMES
  if (measure.form !== 'sums' || measure.relation.rolls === undefined) return null
  return measure.perPerson === undefined || isMergeable(measure) ? Object.keys(measure.sums) : null
}

const listOf = (measures: Measure | readonly Measure[]): readonly Measure[] =>
  Array.isArray(measures) ? measures : [measures as Measure]

/** Every measure of a metric, by its place. */
export const measuresOf = (metric: Metric, args: Arguments, settings: SiteSettings): MeasureOf[] =>
  listOf(metric.measure(args, begin(anyDay(settings, [], [])))).map(
    (_, place) => terms => listOf(metric.measure(args, terms))[place] as Measure,
  )

type Nature = Pick<StoredMeasure, 'isOfPeople' | 'isOfSessions' | 'isOfActivity' | 'isOfFacts'>

const natureOf = (measure: Measure, dimensions: readonly Dimension[], builder: Builder): Nature => {
  if (measure.form !== 'sums') return { isOfPeople: false, isOfSessions: false, isOfActivity: false, isOfFacts: false }
  const isOfPeople = measure.perPerson !== undefined
  measure.relation.rows(builder)
  return {
    isOfPeople,
    isOfSessions: !isOfPeople && measure.relation.rolls === 'session' && !builder.uses(HELD_FACTS),
    isOfActivity: isOfPeople && measure.relation.isActivity === true,
    isOfFacts: !isOfPeople && measure.relation.rolls === 'hour' && dimensions.every(({ level }) => level === 'event'),
  }
}

const rolledOf = (
  metric: Metric,
  args: Arguments,
  settings: SiteSettings,
  dimensions: readonly Dimension[],
): (StoredMeasure | null)[] => {
  const events = metric.parameters.flatMap(({ name, names }) =>
    names === 'event' && args[name] ? [String(args[name])] : [],
  )
  const scope = anyDay(settings, dimensions, events)
  return measuresOf(metric, args, settings).map(measureOf => {
    const builder = begin(scope)
    const measure = measureOf(builder)
    const names = namesOf(measure)
    if (names === null) return null
    return {
      key: measureKey(metric, measure, args, settings),
      measureOf,
      names,
      ...natureOf(measure, dimensions, builder),
    }
  })
}

/** What was worked out before, by settings, metric, arguments and dimensions. */
const known = new Map<string, (StoredMeasure | null)[]>()

/**
 * The measures of a metric; `null` for those whose sums of days are not kept.
 * @param dimensions at most one, which is `rolled`
 */
export const storedMeasures = (
  metric: Metric,
  args: Arguments,
  settings: SiteSettings,
  dimensions: readonly Dimension[],
): readonly (StoredMeasure | null)[] => {
  const key = JSON.stringify([settings, metric.id, args, dimensions.map(({ id }) => id)])
  const found = known.get(key)
  if (found) return found
  if (known.size > 2000) known.clear()
  const measures = rolledOf(metric, args, settings, dimensions)
  known.set(key, measures)
  return measures
}

/** Ratios need many sums for their intervals, and are rarely asked for by anything: for a group each they are not kept. */
const isKeptBy = (metric: Metric, dimension: Dimension): boolean =>
  metric.kind !== 'per' &&
  allowedDimensions(metric).includes(dimension.id) &&
  metric.allows?.(defaultsOf(metric), dimension) !== false

/** Every measure whose sums are kept by a dimension, or in total, each once. */
export const everyStoredMeasure = (settings: SiteSettings, dimension: Dimension | null): StoredMeasure[] => {
  const measures = METRICS.filter(
    metric => !metric.lacks?.(settings) && (dimension === null || isKeptBy(metric, dimension)),
  ).flatMap(metric => storedMeasures(metric, defaultsOf(metric), settings, dimension === null ? [] : [dimension]))
  return [...new Map(measures.flatMap(one => (one ? [[one.key, one] as const] : []))).values()]
}
