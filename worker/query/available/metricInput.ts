import { EVENTS } from '../../../shared/events'
import type { Metric } from '../../metrics/metric'
import type { SiteConfig } from '../../storage/siteConfig'
import type { SiteInput } from './siteInput'

/** The settings and data of a site that decide whether a metric can have a value. */
export interface MetricInput {
  /**
   * A key of the metric's version and the settings it depends on: when it changes, the metric counts something else.
   */
  readonly settings: string
  /** A key of the kinds of data that the site has: when it changes, the site has sent a new kind. */
  readonly data: string
  /** True if the site already sends what the metric counts: more data, or time alone, can give it a value. */
  readonly hasInput: boolean
}

/**
 * Events whose names begin with the same word: a run of a guide, a subscription or an email is several events, of which
 * a metric names only some.
 */
const relatedTo = (name: string): number[] => {
  const [word] = name.split('_')
  return EVENTS.flatMap((event, id) => (event.name.split('_')[0] === word ? [id] : []))
}

/** The input of a metric with its default parameters. */
export const metricInput = (metric: Metric, site: SiteConfig, input: SiteInput): MetricInput => {
  const { settings = [], lacks, money, events, imports, needs, version = 1 } = metric
  const named = lacks ? site.settings : settings.map(name => site.settings[name] ?? null)
  const isSent =
    events.length + imports.length === 0 ||
    events.some(one => relatedTo(typeof one === 'string' ? one : one[0]).some(id => input.events.has(id))) ||
    imports.some(kind => input.imports.has(kind))
  const isIdentified = input.hasPersistentIds || !needs.includes('lasting_id')
  return {
    settings: JSON.stringify([version, named, money ? site.currency : '']),
    data: JSON.stringify([
      [...input.events],
      [...input.imports],
      input.hasPersistentIds,
      input.hasIdentities,
      input.hasActivity,
    ]),
    hasInput: isSent && isIdentified && (input.hasActivity || imports.length > 0),
  }
}
