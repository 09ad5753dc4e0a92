import type { Definition } from '../../page'
import { duration } from './duration'
import { money, number, percent } from './number'

const BY_UNIT: Readonly<Record<Definition['unit'], (value: number, currency: string) => string>> = {
  count: value => number(value),
  ratio: value => percent(value),
  per: value => number(value),
  seconds: value => duration(value),
  currency: (value, currency) => money(value, currency),
  // Scores reach from 0.1, of a layout shift, to 100, of promoters.
  score: value => number(value, { maximumFractionDigits: Math.abs(value) < 1 ? 2 : Math.abs(value) < 10 ? 1 : 0 }),
}

/**
 * Formats a value in its metric's unit.
 * @param currency ISO 4217, of money
 */
export const valueText = ({ unit }: Pick<Definition, 'unit'>, value: number | null, currency = 'USD'): string =>
  value === null ? '–' : BY_UNIT[unit](value, currency)
