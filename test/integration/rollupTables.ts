/** Tables of daily and hourly rollups. */
export const KEPT_TABLES = ['sums', 'rollups', 'touched', 'running', 'hour_sums'] as const
