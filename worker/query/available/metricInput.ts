import { EVENTS } from '../../../shared/events'
import type { Metric } from '../../metrics/metric'
import type { SiteConfig } from '../../storage/siteConfig'
import type { SiteInput } from './siteInput'

/** What of a site decides whether a metric has a value. */
export interface MetricInput {
  /** Of its version and of the settings it depends on: another key means another metric. */
  readonly settings: string
  /** Of the kinds of data that the site has: while the key stays the same, none was sent for the first time. */
  readonly data: string
  /** Whether there is something it could count, so that its value can come with more of it or with time. */
  readonly isFed: boolean
}

/** Runs of guides, subscriptions and emails are several events, of which a metric names some: those that begin with the same word. */
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
    isFed: isSent && isIdentified && (input.hasActivity || imports.length > 0),
  }
}
