/** The billing intervals of a subscription. */
export const SUBSCRIPTION_INTERVALS = ['day', 'week', 'month', 'quarter', 'year'] as const

/** Payments per month of each interval, as a fraction. */
export const PAYMENTS_PER_MONTH: Readonly<
  Record<(typeof SUBSCRIPTION_INTERVALS)[number], readonly [numerator: number, denominator: number]>
> = { day: [365, 12], week: [52, 12], month: [1, 1], quarter: [1, 3], year: [1, 12] }

/** The states of a subscription that has not ended; active by default. */
export const SUBSCRIPTION_STATUSES = ['active', 'trial', 'paused'] as const
