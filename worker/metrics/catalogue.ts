import type { Metric } from './metric'
import { allowedDimensions } from './question'
import { METRICS } from './registry'

const described = (metric: Metric) => ({
  id: metric.id,
  name: metric.name,
  help: metric.help,
  formula: metric.formula,
  unit: metric.unit,
  better: metric.better,
  needs: metric.needs,
  parameters: metric.parameters,
  dimensions: allowedDimensions(metric),
})

/** What can be asked, for people and programs to choose from. */
export const catalogue = () => METRICS.map(described)
