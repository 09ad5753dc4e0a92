import type { Session } from './sessionize'
import { sessionValues } from './storedSession'

/** A session in the order in which worker/relations/sql/tables.ts reads one that is not stored. */
export const sessionRow = (session: Session, isOpen: boolean): (number | null)[] => [
  session.visitor,
  session.begin,
  ...sessionValues(session),
  isOpen ? 1 : 0,
]
