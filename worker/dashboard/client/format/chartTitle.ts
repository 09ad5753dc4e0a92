import type { Granularity } from '../../../../shared/question'

/** @example chartTitle('Visitors', 'day') // 'Visitors by day' */
export const chartTitle = (metric: string, granularity: Granularity): string => `${metric} by ${granularity}`
