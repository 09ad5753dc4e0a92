import type { Session } from './sessionize'
import { sessionValues } from './storedSession'

/** A session in the order in which worker/relations/sql/tables.ts reads one that is not stored. */
export const sessionRow = (visit: Session, isOpen: boolean): (number | null)[] => [
  visit.visitor,
  visit.begin,
  ...sessionValues(visit),
  isOpen ? 1 : 0,
]
