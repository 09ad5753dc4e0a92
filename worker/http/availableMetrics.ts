import { catalogue } from '../metrics/catalogue'
import type { SiteEngine } from '../site'

/** The catalogue with what the site lacks for each metric that has no value. */
export const availableMetrics = async (site: SiteEngine, now: number) => {
  const reasons = await site.availability(now)
  return catalogue().map(entry => {
    const reason = reasons.get(entry.id) ?? null
    return { ...entry, available: reason === null, missing: reason === null ? [] : [reason] }
  })
}
