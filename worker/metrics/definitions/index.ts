import type { Metric } from '../metric'
import { ACQUISITION } from './acquisition'
import { COMMERCE } from './commerce'
import { CONVERSION } from './conversion'
import { COUNTS } from './counts'
import { CUSTOMERS } from './customers'
import { ENGAGEMENT } from './engagement'
import { GOALS } from './goals'
import { GUIDES } from './guides'
import { ONBOARDING } from './onboarding'
import { PAGES } from './pages'
import { SATISFACTION } from './satisfaction'
import { SERVED } from './served'
import { SHOPPING } from './shopping'
import { SPEED } from './speed'
import { USERS } from './users'

/** Related metrics in display order. */
export interface Family {
  readonly name: string
  readonly metrics: readonly Metric[]
}

/** All metrics. A new metric is one entry in one family. */
export const FAMILIES = [
  { name: 'Counts', metrics: COUNTS },
  { name: 'Engagement', metrics: ENGAGEMENT },
  { name: 'Pages', metrics: PAGES },
  { name: 'Speed', metrics: SPEED },
  { name: 'Conversion', metrics: CONVERSION },
  { name: 'Goals', metrics: GOALS },
  { name: 'Acquisition', metrics: ACQUISITION },
  { name: 'Commerce', metrics: [...COMMERCE, ...SHOPPING] },
  { name: 'Customers', metrics: CUSTOMERS },
  { name: 'Users', metrics: USERS },
  { name: 'Onboarding', metrics: ONBOARDING },
  { name: 'Guides', metrics: GUIDES },
  { name: 'Satisfaction', metrics: SATISFACTION },
  { name: 'Served', metrics: SERVED },
] as const satisfies readonly Family[]

export const METRICS: readonly Metric[] = FAMILIES.flatMap<Metric>(({ metrics }) => metrics)

const byId = new Map(METRICS.map(metric => [metric.id, metric]))

/** @example metricOf('bounce_rate')?.unit // 'ratio' */
export const metricOf = (id: string): Metric | undefined => byId.get(id)
