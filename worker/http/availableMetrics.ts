import { catalogue } from '../metrics/catalogue'
import type { SiteEngine } from '../site'

/** The catalogue for somebody who may not know what the site lacks. */
export const withoutReasons = () => catalogue().map(entry => ({ ...entry, available: true, missing: [] }))

/** The catalogue with what the site lacks for each metric that has no value. */
export const availableMetrics = async (site: SiteEngine, now: number) => {
  const reasons = await site.availability(now)
  return catalogue().map(entry => {
    const reason = reasons.get(entry.id) ?? null
    return { ...entry, available: reason === null, missing: reason === null ? [] : [reason] }
  })
}
