import type { Parameters } from '../../shared/question.ts'
import type { SiteSettings } from '../../shared/settings.ts'
import { type RawEvent, type TruthSite, timeOf } from './event.ts'
import { worldOf } from './facts.ts'
import { type Imports, NO_IMPORTS } from './imports.ts'
import type { MetricId } from './metrics.ts'
import type { Truth } from './scope.ts'
import { ask, type TruthQuestion } from './truth.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
/** Noon of the 31st of January 2026, UTC. */
export const NOON = Date.UTC(2026, 0, 31, 12)
/** Long after all events. */
export const LATER = Date.UTC(2026, 11, 1)
export const YEAR = { from: '2026-01-01', to: '2026-12-31' }
export const UTC: TruthSite = { timezone: 'UTC', currency: 'EUR' }

/** One event of visitor v, a page view by default. */
export const at = (time: number, event: Partial<RawEvent> = {}): RawEvent => ({
  name: 'page_view',
  visitor_id: 'v',
  time,
  ...event,
})

/** One visitor's events by name, in milliseconds after noon. */
export const eventsBy = (visitor_id: string, ...events: readonly (readonly [number, string, Partial<RawEvent>?])[]) =>
  events.map(([after, name, more = {}]) => at(NOON + after, { name, visitor_id, ...more }))

/** Options of a query, by default one metric of the year, long after. */
export interface Asked {
  readonly parameters?: Parameters
  readonly now?: number
  readonly site?: TruthSite
  readonly settings?: Partial<SiteSettings>
  readonly imports?: Partial<Imports>
  readonly question?: Partial<TruthQuestion>
}

/** The value of one metric for some events, row by row. */
export const rowsOf = (
  metric: MetricId,
  events: readonly RawEvent[],
  { parameters = {}, now = LATER, site = UTC, settings = {}, imports = {}, question = {} }: Asked = {},
): (Truth | undefined)[] => {
  const world = worldOf(events, { ...site, settings }, { ...NO_IMPORTS, ...imports })
  const asked = { metrics: [metric], period: YEAR, parameters: { [metric]: parameters }, ...question }
  if (events.some(event => timeOf(event) > now)) throw new Error('An event lies in the future.')
  return ask(world, now, asked).map(row => row.metrics[metric])
}

/** The value of one metric for some events. */
export const answer = (metric: MetricId, events: readonly RawEvent[], asked: Asked = {}): Truth | undefined =>
  rowsOf(metric, events, asked)[0]
