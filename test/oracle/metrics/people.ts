import { isPersistent, type PersonKey } from '../identity.ts'
import { NEEDS_IDENTITY, type Truth } from '../scope.ts'

/** People with a persistent id. */
export const persistent = (people: Iterable<PersonKey>): PersonKey[] => [...people].filter(isPersistent)

/** True if there were visitors, none with a persistent id. */
export const lackPersistentIds = (visitors: ReadonlySet<PersonKey>): boolean =>
  visitors.size > 0 && persistent(visitors).length === 0

/** Answers for people with a persistent id; if there are only others, it reports that one is needed. */
export const ofPersistentPeople = (
  people: ReadonlySet<PersonKey>,
  answer: (own: readonly PersonKey[]) => Truth,
): Truth => (lackPersistentIds(people) ? NEEDS_IDENTITY : answer(persistent(people)))
