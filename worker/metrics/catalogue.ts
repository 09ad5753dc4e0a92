import { allowedDimensions, defaultsOf, filterDimensions } from './allowed'
import { FAMILIES } from './definitions'
import type { Metric } from './metric'
import { sendingOf } from './sending'
import { wordsOf } from './wordsOf'

/** A metric's value without data. */
export const nothingOf = ({ kind }: Pick<Metric, 'kind'>): '0' | 'null' =>
  kind === 'count' || kind === 'amount' ? '0' : 'null'

const described = (metric: Metric, family: string) => ({
  id: metric.id,
  family,
  name: metric.name,
  help: metric.help,
  ...wordsOf(metric, defaultsOf(metric)),
  unit: metric.unit,
  better: metric.better,
  change: metric.change,
  kind: metric.kind,
  interval: metric.intervalBy,
  nothing: nothingOf(metric),
  ...(metric.printed && { printed: metric.printed }),
  ...(metric.send !== undefined && { send: metric.send }),
  sends: sendingOf(metric),
  needs: metric.needs,
  parameters: metric.parameters,
  dimensions: allowedDimensions(metric),
  filters: filterDimensions(metric),
})

/** A metric in the catalogue. */
export type CatalogueEntry = ReturnType<typeof described>

/** All metrics, for people and programs to choose from. */
export const catalogue = (): CatalogueEntry[] =>
  FAMILIES.flatMap(({ name, metrics }) => metrics.map(metric => described(metric, name)))
