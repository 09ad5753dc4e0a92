import type { SiteSettings } from '../../shared/settings'
import { EMPTY_SETTINGS } from '../../shared/settings'
import { hash52 } from '../lib/hash'
import { defaultsOf } from '../metrics/allowed'
import type { Arguments, Measure, Metric } from '../metrics/metric'

/** Values that differ from the usual ones, by name. */
const changed = (values: Readonly<Record<string, unknown>>, usual: Readonly<Record<string, unknown>>): unknown[] =>
  Object.entries(values).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(usual[name]))

const chosen = (settings: SiteSettings, names: readonly (keyof SiteSettings)[]): Record<string, unknown> =>
  Object.fromEntries(names.map(name => [name, settings[name]]))

/**
 * The stable name of a stored measure: metric, measure and version; then, where arguments or settings of the site
 * differ from the defaults, a hash of those. It never depends on how the measure is computed: a release that changes
 * the meaning of a measure raises `version` of its metric, and every other change finds what is stored.
 * @example measureKey(bounceRate, measure, { rule: 'single_interaction' }, settings) // 'bounce_rate/v1'
 */
export const measureKey = (metric: Metric, measure: Measure, args: Arguments, settings: SiteSettings): string => {
  const names = metric.settings ?? []
  const unusual = [
    ...changed(args, defaultsOf(metric)),
    ...changed(chosen(settings, names), chosen(EMPTY_SETTINGS, names)),
  ]
  return [
    metric.id,
    ...('name' in measure && measure.name ? [measure.name] : []),
    `v${metric.version ?? 1}`,
    ...(unusual.length > 0 ? [hash52(JSON.stringify(unusual))] : []),
  ].join('/')
}
