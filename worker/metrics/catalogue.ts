import { definitionsIn } from './glossary'
import type { Metric } from './metric'
import { allowedDimensions } from './question'
import { METRICS } from './registry'

/** What a metric is when nothing happened. */
export const nothingOf = ({ kind }: Pick<Metric, 'kind'>): '0' | 'null' =>
  kind === 'count' || kind === 'amount' ? '0' : 'null'

const described = (metric: Metric) => ({
  id: metric.id,
  name: metric.name,
  help: metric.help,
  formula: metric.formula,
  unit: metric.unit,
  better: metric.better,
  kind: metric.kind,
  numerator: metric.numerator,
  denominator: metric.denominator,
  definitions: definitionsIn(`${metric.numerator} ${metric.denominator ?? ''}`),
  interval: metric.intervalBy,
  nothing: nothingOf(metric),
  ...(metric.printed && { printed: metric.printed }),
  ...(metric.send !== undefined && { send: metric.send }),
  needs: metric.needs,
  parameters: metric.parameters,
  dimensions: allowedDimensions(metric),
})

/** What can be asked, for people and programs to choose from. */
export const catalogue = () => METRICS.map(described)
