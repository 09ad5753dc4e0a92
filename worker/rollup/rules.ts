import type { SiteSettings } from '../../shared/settings'
import { hash52 } from '../hash'
import { DIMENSIONS, type Dimension } from '../metrics/dimensions'
import { everyRolledMeasure } from '../metrics/sums/measures'

/** What days are rolled up by; the totals come last, and say that a day is whole. */
export const ROLLED_DIMENSIONS: readonly (Dimension | null)[] = [...DIMENSIONS.filter(({ rolled }) => rolled), null]

/** How long facts are kept changes no sums. */
const settingsHash = ({ retention_months: _, ...settings }: SiteSettings): number => hash52(JSON.stringify(settings))

/** How the sums of a site are made; a release or a setting that changes it has them made again. */
export const rulesOf = (settings: SiteSettings): string => {
  const prints = ROLLED_DIMENSIONS.map(dimension => everyRolledMeasure(settings, dimension).map(({ print }) => print))
  return `${settingsHash(settings)}/${hash52(JSON.stringify(prints))}`
}

/** Whether nothing was set since: it saves saying every measure in SQL each time the cron runs. */
export const isOfSettings = (rules: string, settings: SiteSettings): boolean =>
  rules.startsWith(`${settingsHash(settings)}/`)
