import { ACQUISITION } from './metrics/acquisition.ts'
import { COMMERCE } from './metrics/commerce.ts'
import { CONVERSION } from './metrics/conversion.ts'
import { COUNTS } from './metrics/counts.ts'
import { CUSTOMERS } from './metrics/customers.ts'
import { ENGAGEMENT } from './metrics/engagement.ts'
import { FUNNELS } from './metrics/funnels.ts'
import { GOALS } from './metrics/goals.ts'
import { GUIDES } from './metrics/guides.ts'
import { PAGES } from './metrics/pages.ts'
import { SPEED } from './metrics/speed.ts'
import { SURVEYS } from './metrics/surveys.ts'
import { USERS } from './metrics/users.ts'
import type { Metric } from './scope.ts'

/** Every metric as a plain function of the events: slow, and as close to its definition as possible. */
export const METRICS = {
  ...COUNTS,
  ...ENGAGEMENT,
  ...PAGES,
  ...SPEED,
  ...CONVERSION,
  ...GOALS,
  ...FUNNELS,
  ...ACQUISITION,
  ...COMMERCE,
  ...CUSTOMERS,
  ...USERS,
  ...GUIDES,
  ...SURVEYS,
} as const satisfies Record<string, Metric>

export type MetricId = keyof typeof METRICS
