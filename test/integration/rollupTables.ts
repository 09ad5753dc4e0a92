/** Tables of daily and hourly rollups. */
export const ROLLUP_TABLES = ['sums', 'rollups', 'touched', 'running', 'hour_sums'] as const
