import type { Rule } from '../../../shared/settings'
import type { Builder } from './builder'
import { heldFacts, inPart, parts } from './tables'

/** Sessions with a page view or an event that meets one of the rules. */
export const holders = (
  b: Builder,
  rules: readonly Rule[],
): string => `select distinct s.person as owner, s.begin as owner_begin
from (select person, time from ${heldFacts(b)} where ${b.factMeets(...rules)}) f
cross join ${parts(b)} s on ${inPart('f.person', 'f.time')}`
