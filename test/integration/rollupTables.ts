/** Tables of daily and hourly rollups. */
export const ROLLUP_TABLES = ['sums', 'rollups', 'touched', 'running', 'hour_sums', 'day_people'] as const
