/** The billing intervals of a subscription. */
export const SUBSCRIPTION_INTERVALS = ['day', 'week', 'month', 'quarter', 'year'] as const

/** The states of a subscription that has not ended; active by default. */
export const SUBSCRIPTION_STATUSES = ['active', 'trial', 'paused'] as const
