import { HOUR } from '../../shared/time'
import type { SessionEvent } from './sessionize'

/** An event as it is read, before its person is known. */
export interface TimelineEvent extends Omit<SessionEvent, 'person'> {
  /** The visitor under the salt of the day before. */
  readonly previous: number | null
}

/** A row with a column for each of its values. */
export type TimelineRow = Readonly<Record<string, number | null>>

export const eventOf = (row: TimelineRow): TimelineEvent => ({
  visitor: Number(row.visitor),
  time: Number(row.hour) * HOUR + Number(row.at),
  reach: Number(row.seen ?? 0),
  id: Number(row.id),
  name: Number(row.name ?? 0),
  active: row.active !== 0,
  page: row.page ?? null,
  source: row.source ?? null,
  place: row.place ?? null,
  device: row.device ?? null,
  clicks: row.clicks ?? null,
  previous: row.previous ?? null,
})

/** All page views, or all events, of a visitor's hour. */
export interface PackedEvents {
  readonly visitor: number
  readonly hour: number
  /** JSON: a list with the values of each event. */
  readonly packed: string
}

/** Must have the order of views.select_packed.sql and events.select_packed.sql. */
type Values = [
  id: number,
  at: number,
  page: number | null,
  source: number | null,
  place: number | null,
  device: number | null,
  previous: number | null,
  first: number,
  second: number | null,
]

/** @param isViews whether the values end with `seen` and `clicks`; otherwise they end with `name` and `active` */
export const unpackedEvents = ({ visitor, hour, packed }: PackedEvents, isViews: boolean): TimelineEvent[] =>
  (JSON.parse(packed) as Values[]).map(([id, at, page, source, place, device, previous, first, second]) => ({
    visitor,
    time: hour * HOUR + at,
    reach: isViews ? first : 0,
    id,
    name: isViews ? 0 : first,
    active: isViews || second !== 0,
    page,
    source,
    place,
    device,
    clicks: isViews ? second : null,
    previous,
  }))
