import type { Arguments, Terms } from '../metric'

/** A value of the question's arguments, or one for all of them. */
export type Asked<T> = (terms: Terms, args: Arguments) => T
