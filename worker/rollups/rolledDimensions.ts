import type { SiteSettings } from '../../shared/settings'
import { hash52 } from '../lib/hash'
import { DIMENSIONS, type Dimension } from '../metrics/dimensions'
import { everyStoredMeasure } from './storedMeasures'

/** What days are rolled up by; the totals come last, and say that a day is whole. */
export const ROLLED_DIMENSIONS: readonly (Dimension | null)[] = [...DIMENSIONS.filter(({ rolled }) => rolled), null]

/** A text for the measures that a site's rollups hold: when a release or a setting changes them, days are rolled up again. */
export const rulesOf = (settings: SiteSettings): string =>
  String(
    hash52(
      JSON.stringify(ROLLED_DIMENSIONS.map(dimension => everyStoredMeasure(settings, dimension).map(({ key }) => key))),
    ),
  )

/** Whether an earlier release rolled the site up, which found measures by a hash of their SQL. */
export const isOfHashes = (rules: string): boolean => rules.includes('/')
