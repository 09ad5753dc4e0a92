import type { Believed } from '../../relations/sql/confirmed'
import type { Arguments, Parameter } from '../metric'

/** The parameter of metrics of orders and their money. */
export const BELIEVED: Parameter = {
  name: 'source',
  help: 'Which orders and refunds count: all, or only those that a write key sent.',
  values: ['all', 'confirmed'],
  default: 'all',
}

export const believedOf = ({ source }: Arguments): Believed => (source === 'confirmed' ? 'confirmed' : 'all')

/** What is counted, in words, with the orders that count where these are not all. */
export const believedWords =
  (text: string) =>
  (args: Arguments): string =>
    believedOf(args) === 'confirmed' ? `${text}, of confirmed orders` : text
