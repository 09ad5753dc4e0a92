import { HOUR } from '../../shared/time'
import { SESSION_KEY, SESSION_VALUES } from '../storage/rowShapes'
import type { Session } from './sessionize'

/** The key of a stored session after its site, in the order of the primary key. */
export const sessionKeyValues = ({ begin, visitor }: Session): unknown[] =>
  SESSION_KEY.values({ hour: Math.floor(begin / HOUR), visitor, at: begin % HOUR })

/** The other columns of a stored session, in their order. */
export const sessionValues = (session: Session): (number | null)[] => SESSION_VALUES.values(session)
