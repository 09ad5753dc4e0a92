import { isLasting, type PersonKey } from '../identity.ts'
import { NEEDS_IDENTITY, type Truth } from '../scope.ts'

/** People with a persistent id. */
export const lasting = (people: Iterable<PersonKey>): PersonKey[] => [...people].filter(isLasting)

/** True if there were visitors, none with a persistent id. */
export const nobodyLasts = (visitors: ReadonlySet<PersonKey>): boolean =>
  visitors.size > 0 && lasting(visitors).length === 0

/** Answers for people with a persistent id; if there are only others, it reports that one is needed. */
export const ofLastingPeople = (people: ReadonlySet<PersonKey>, answer: (own: readonly PersonKey[]) => Truth): Truth =>
  nobodyLasts(people) ? NEEDS_IDENTITY : answer(lasting(people))
