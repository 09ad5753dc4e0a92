import type { Rule } from '../../../shared/settings'
import type { Builder } from './builder'
import { heldFacts, parts } from './tables'

/** Sessions that hold what meets one of the rules. */
export const holders = (
  b: Builder,
  rules: readonly Rule[],
): string => `select distinct s.person as owner, s.begin as owner_begin
from (select person, time from ${heldFacts(b)} where ${b.factMeets(...rules)}) f
join ${parts(b)} s on s.part_person = f.person and f.time between s.begin and s.bound`
