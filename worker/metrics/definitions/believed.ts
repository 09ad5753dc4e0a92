import type { Believed } from '../../relations/sql/confirmed'
import type { Arguments, Parameter } from '../metric'

/** The parameter that selects which orders count. */
export const BELIEVED: Parameter = {
  name: 'source',
  help: 'Counts all orders and refunds, or only those sent with a write key.',
  values: ['all', 'confirmed'],
  default: 'all',
}

export const believedOf = ({ source }: Arguments): Believed => (source === 'confirmed' ? 'confirmed' : 'all')

/** A wording that says so when only confirmed orders count. */
export const believedWords =
  (text: string) =>
  (args: Arguments): string =>
    believedOf(args) === 'confirmed' ? `${text} (confirmed orders only)` : text
