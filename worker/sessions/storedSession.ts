import { HOUR } from '../../shared/time'
import type { Session } from './sessionize'

/** The key of a stored visit after its site: hour, visitor, at. */
export const sessionKeyValues = ({ begin, visitor }: Session): unknown[] => [
  Math.floor(begin / HOUR),
  visitor,
  begin % HOUR,
]

/** What a visit holds besides its key, in the order of the columns of `visits`. */
export const sessionValues = (visit: Session): (number | null)[] => [
  visit.next,
  visit.last,
  visit.duration,
  visit.cut,
  visit.seen,
  visit.views,
  visit.clicks,
  visit.actions,
  visit.events,
  visit.entry,
  visit.exit,
  visit.source,
  visit.place,
  visit.device,
]
