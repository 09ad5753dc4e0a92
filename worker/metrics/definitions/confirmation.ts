import type { Confirmation } from '../../relations/sql/confirmed'
import type { Arguments, Parameter } from '../metric'

/** The parameter that selects which orders count. */
export const CONFIRMATION: Parameter = {
  name: 'source',
  help: 'Whether to count all orders and refunds, or only those sent with a write key.',
  values: ['all', 'confirmed'],
  default: 'all',
}

export const confirmationOf = ({ source }: Arguments): Confirmation => (source === 'confirmed' ? 'confirmed' : 'all')

/** A wording that says so when only confirmed orders count. */
export const withConfirmation =
  (text: string) =>
  (args: Arguments): string =>
    confirmationOf(args) === 'confirmed' ? `${text} (confirmed orders only)` : text
