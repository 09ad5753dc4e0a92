import { isLasting, type PersonKey } from '../identity.ts'
import { NEEDS_IDENTITY, type Truth } from '../scope.ts'

/** Those with an id that lasts. */
export const lasting = (people: Iterable<PersonKey>): PersonKey[] => [...people].filter(isLasting)

/** Whether there were visitors and none had an id that lasts. */
export const nobodyLasts = (visitors: ReadonlySet<PersonKey>): boolean =>
  visitors.size > 0 && lasting(visitors).length === 0

/** Answers from the people with an id that lasts; when there are people and none has one, that it takes one. */
export const ofLastingPeople = (people: ReadonlySet<PersonKey>, answer: (own: readonly PersonKey[]) => Truth): Truth =>
  nobodyLasts(people) ? NEEDS_IDENTITY : answer(lasting(people))
