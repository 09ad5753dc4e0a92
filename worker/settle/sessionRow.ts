import type { Visit } from './sessionize'
import { visitValues } from './visitRow'

/** A session in the order in which worker/metrics/compile/tables.ts reads one that is not stored. */
export const sessionRow = (visit: Visit, isOpen: boolean): (number | null)[] => [
  visit.visitor,
  visit.begin,
  ...visitValues(visit),
  isOpen ? 1 : 0,
]
