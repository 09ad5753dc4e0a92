import type { Terms } from '../../relations/terms'
import type { Arguments } from '../metric'

/** A value of the question's arguments, or one for all of them. */
export type KindOptions<T> = (terms: Terms, args: Arguments) => T
