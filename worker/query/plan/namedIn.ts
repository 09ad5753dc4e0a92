import type { Parameter } from '../../metrics/metric'
import type { Query } from '../parse/query'

/** Values of the parameters that name an event or a user. */
export const namedIn = (metrics: Query['metrics'], kind: Parameter['names']): string[] =>
  metrics.flatMap(({ metric, args }) =>
    metric.parameters.flatMap(({ name, names }) => (names === kind && args[name] ? [String(args[name])] : [])),
  )
