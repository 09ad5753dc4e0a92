import { OPERATORS } from '../../../shared/question'
import { Problem } from '../../lib/problem'

/** The problem of a filter that has no known form. */
export const badFilter = (): Problem =>
  new Problem(
    400,
    'bad_filter',
    `A filter is [operator, dimension, [values]], like ["is", "country", ["SE", "NO"]], with one of the operators ${OPERATORS.join(', ')}; or ["and", filter, …], ["or", filter, …], ["not", filter], ["has_done", {"event": name}] or ["segment", id].`,
  )
