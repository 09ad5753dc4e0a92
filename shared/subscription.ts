/** What a subscription is paid for at a time. */
export const INTERVALS = ['day', 'week', 'month', 'quarter', 'year'] as const

/** How a subscription that has not ended can stand; one that does not say is active. */
export const STATUSES = ['active', 'trial', 'paused'] as const
