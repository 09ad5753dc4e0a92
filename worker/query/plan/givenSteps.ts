import type { FunnelStep } from '../../../shared/settings'
import type { Query } from '../parse/query'

/** Steps that a query gives itself, instead of naming a funnel of the site. */
export const givenSteps = (metrics: Query['metrics']): FunnelStep[] =>
  metrics.flatMap(({ metric, args }) =>
    metric.parameters.flatMap(({ name, steps }) =>
      steps && args[name] ? (JSON.parse(String(args[name])) as FunnelStep[]) : [],
    ),
  )
