import type { Arguments, Measure, Metric } from '../../metrics/metric'
import type { Terms } from '../../relations/terms'

/** One of the measures that a metric is computed from. */
export interface MetricMeasure {
  readonly metric: Metric
  readonly args: Arguments
  /** Among the measures of its metric. */
  readonly index: number
}

const measuresIn = (metric: Metric, args: Arguments, terms: Terms): readonly Measure[] => {
  const measures = metric.measure(args, terms)
  return Array.isArray(measures) ? measures : [measures as Measure]
}

/** Every measure of a metric. */
export const metricMeasures = (metric: Metric, args: Arguments, terms: Terms): MetricMeasure[] =>
  measuresIn(metric, args, terms).map((_, index) => ({ metric, args, index }))

/** A measure in the terms of one statement, whose builder binds the values it names. */
export const measureIn = ({ metric, args, index }: MetricMeasure, terms: Terms): Measure =>
  measuresIn(metric, args, terms)[index] as Measure
