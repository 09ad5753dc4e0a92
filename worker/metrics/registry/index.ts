import type { Metric } from '../metric'
import { ACQUISITION } from './acquisition'
import { COMMERCE } from './commerce'
import { CONVERSION } from './conversion'
import { COUNTS } from './counts'
import { CUSTOMERS } from './customers'
import { ENGAGEMENT } from './engagement'
import { GUIDES } from './guides'
import { ONBOARDING } from './onboarding'
import { SATISFACTION } from './satisfaction'
import { USERS } from './users'

/** Every metric there is. A new one is one entry in one family. */
export const METRICS: readonly Metric[] = [
  ...COUNTS,
  ...ENGAGEMENT,
  ...CONVERSION,
  ...ACQUISITION,
  ...COMMERCE,
  ...CUSTOMERS,
  ...USERS,
  ...ONBOARDING,
  ...GUIDES,
  ...SATISFACTION,
]

const byId = new Map(METRICS.map(metric => [metric.id, metric]))

/** @example metricOf('bounce_rate')?.unit // 'ratio' */
export const metricOf = (id: string): Metric | undefined => byId.get(id)
