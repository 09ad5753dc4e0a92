import type { Terms } from '../../relations/terms'
import type { Arguments } from '../metric'

/** A part of an entry that depends on the query's arguments and the site's settings. */
export type KindOptions<T> = (terms: Terms, args: Arguments) => T
