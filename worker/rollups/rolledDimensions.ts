import type { SiteSettings } from '../../shared/settings'
import { hash52 } from '../lib/hash'
import { DIMENSIONS, type Dimension } from '../metrics/dimensions'
import { everyStoredMeasure } from './storedMeasures'

/** The dimensions of rollups. Totals come last: they tell that a day is complete. */
export const ROLLED_DIMENSIONS: readonly (Dimension | null)[] = [...DIMENSIONS.filter(({ rolled }) => rolled), null]

/** A hash of the measures that rollups store. When a release or a setting changes it, the cron adds what days lack. */
export const storedMeasuresHash = (settings: SiteSettings): string =>
  String(
    hash52(
      JSON.stringify(ROLLED_DIMENSIONS.map(dimension => everyStoredMeasure(settings, dimension).map(({ key }) => key))),
    ),
  )

/** Whether an earlier release rolled the site up, whose measure keys were hashes of SQL. */
export const hasHashedKeys = (rules: string): boolean => rules.includes('/')
