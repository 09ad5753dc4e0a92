import type { Definition } from '../../page'
import { duration } from './duration'
import { money, number, percent } from './number'

const BY_UNIT: Readonly<Record<Definition['unit'], (value: number, currency: string) => string>> = {
  count: value => number(value),
  ratio: value => percent(value),
  per: value => number(value),
  seconds: value => duration(value),
  currency: (value, currency) => money(value, currency),
  score: value => number(value),
}

/**
 * Formats a value in its metric's unit.
 * @param currency ISO 4217, of money
 */
export const valueText = ({ unit }: Pick<Definition, 'unit'>, value: number | null, currency = 'USD'): string =>
  value === null ? '–' : BY_UNIT[unit](value, currency)
