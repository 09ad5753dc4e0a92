import { DIMENSIONS, type Dimension } from './dimensions'
import type { Arguments, DimensionGroup, Metric } from './metric'

/** The dimensions of each group. */
export const ALLOWED: Record<DimensionGroup, (dimension: Dimension) => boolean> = {
  session_and_event: ({ level }) => level === 'session' || level === 'event',
  session: ({ level }) => level === 'session',
  page: ({ level, id }) => level === 'session' || id === 'page' || id === 'hostname',
  item: ({ level, id }) => level === 'session' || id === 'item' || id === 'item_category',
  guide: ({ level, id }) => level === 'session' || id === 'guide',
  guide_step: ({ level, ofRun }) => level === 'session' || ofRun !== undefined,
  cohort: ({ level }) => level === 'cohort' || level === 'session',
  start: ({ level }) => level === 'session',
  feature: ({ level, id }) => level === 'session' || id === 'feature',
  goal: ({ level }) => level !== 'cohort' && level !== 'import',
  spend: ({ imported }) => imported?.includes('costs') === true,
  email: ({ imported }) => imported?.includes('email') === true,
  social: ({ imported }) => imported?.includes('social') === true,
  ai_fetches: ({ imported }) => imported?.includes('ai_fetches') === true,
  served_pages: ({ imported }) => imported?.includes('served_pages') === true,
  none: () => false,
}

/** The dimensions that a metric of each group can be filtered on; a cohort is filtered on its first session. */
const FILTERED: Record<DimensionGroup, (dimension: Dimension) => boolean> = {
  ...ALLOWED,
  guide_step: ALLOWED.guide,
  feature: ALLOWED.session,
  goal: ALLOWED.session_and_event,
  cohort: ({ level }) => level === 'session',
}

/** Whether a metric can be filtered on a dimension. */
export const takesFilter = (metric: Metric, on: Dimension): boolean => FILTERED[metric.breakdown](on)

const takesProperties = ({ breakdown }: Metric): boolean => breakdown === 'session_and_event' || breakdown === 'goal'

/** @example allowedDimensions(bounceRate).includes('channel') // true */
export const allowedDimensions = (metric: Metric): string[] => [
  ...DIMENSIONS.filter(dimension => ALLOWED[metric.breakdown](dimension) && !metric.except?.includes(dimension.id)).map(
    ({ id }) => id,
  ),
  ...(takesProperties(metric) ? ['property:<name>'] : []),
]

/** A metric's default arguments. */
export const defaultsOf = ({ parameters }: Metric): Arguments =>
  Object.fromEntries(parameters.map(({ name, default: value }) => [name, value]))

/** @example filterDimensions(retentionRate).includes('channel') // true */
export const filterDimensions = (metric: Metric): string[] => [
  ...DIMENSIONS.filter(
    dimension => takesFilter(metric, dimension) && metric.allows?.(defaultsOf(metric), dimension, 'filter') !== false,
  ).map(({ id }) => id),
  ...(takesProperties(metric) ? ['property:<name>'] : []),
]
