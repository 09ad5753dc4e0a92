import { EVENTS, type EventName, knownEvent } from '../../../shared/events'
import type { RetainedEvents } from '../../rollups/coverage'
import questionsState from '../../storage/sql/questions.state.sql'
import type { CountedReads } from '../execute/countedReads'
import type { Outage } from './outage'

/** What every query of a site depends on. */
export interface SiteState {
  /** `settlements.version`: another one means that sessions were settled in between. */
  readonly version: number
  readonly hasIdentities: boolean
  /** Stored ids of the names of events that were custom before they were built in, by their ids today. */
  readonly formerEvents: ReadonlyMap<number, number>
  readonly retained: RetainedEvents
  /** In their order. */
  readonly outages: readonly Outage[]
}

const BUILT_IN_NAMES = JSON.stringify(EVENTS.map(({ name }) => name))

/** @param text JSON, pairs of a built-in event's name and its id in `names` */
const formerEventsOf = (text: string): ReadonlyMap<number, number> =>
  new Map((JSON.parse(text) as [EventName, number][]).map(([name, id]) => [knownEvent(name), id]))

/** @param text JSON, pairs of when an outage began and ended */
const outagesOf = (text: string): readonly Outage[] =>
  (JSON.parse(text) as [number, number][]).map(([from, to]) => ({ from, to }))

export const readSiteState = async (reads: CountedReads, site: number): Promise<SiteState> => {
  const [row] = await reads.all(questionsState, site, BUILT_IN_NAMES)
  return {
    version: Number(row?.version ?? 0),
    hasIdentities: Boolean(row?.has_identities),
    formerEvents: formerEventsOf(String(row?.former_events ?? '[]')),
    retained: { from: Number(row?.kept_from ?? 0), day: Number(row?.kept_day ?? 0) },
    outages: outagesOf(String(row?.outages ?? '[]')),
  }
}
