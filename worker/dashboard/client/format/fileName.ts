import type { DateRange } from '../../../../shared/question'

/**
 * The file name of a panel's CSV or picture.
 * @example fileName('Purchase funnel', 'shop.example', { from: '2026-03-02', to: '2026-03-29' })
 * // 'purchase-funnel_shop.example_2026-03-02_2026-03-29.csv'
 */
export const fileName = (panel: string, site: string, { from, to }: DateRange, type: 'csv' | 'png' = 'csv'): string =>
  `${panel.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}_${site}_${from}_${to}.${type}`
