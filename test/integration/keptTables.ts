/** Tables of what days and hours add up to. */
export const KEPT_TABLES = ['sums', 'rollups', 'touched', 'running', 'hour_sums'] as const
