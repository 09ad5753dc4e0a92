import type { Operator } from '../../shared/question'

/** Operators of filters, as in "Country is not Sweden". */
export const OPERATOR_NAMES: Readonly<Record<Operator, string>> = {
  is: 'is',
  is_not: 'is not',
  contains: 'contains',
  does_not_contain: 'does not contain',
  matches: 'matches',
}
