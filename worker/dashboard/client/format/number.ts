import { LOCALE } from '../../texts/locale'

export type Options = Intl.NumberFormatOptions

const formatters = new Map<string, Intl.NumberFormat>()

export const formatter = (options: Options): Intl.NumberFormat => {
  const key = JSON.stringify(options)
  const known = formatters.get(key) ?? new Intl.NumberFormat(LOCALE, options)
  formatters.set(key, known)
  return known
}

/** Formats with a true minus sign instead of a hyphen. */
const format = (value: number, options: Options): string => formatter(options).format(value).replace('-', '−')

/** @example number(1234.5) // '1,234.5' */
export const number = (value: number, options: Options = {}): string =>
  format(value, { maximumFractionDigits: 2, ...options })

/** @example percent(0.4123) // '41.2%' */
export const percent = (value: number, options: Options = {}): string =>
  format(value, { style: 'percent', maximumFractionDigits: 1, ...options })

/** @example money(40, 'EUR') // '€40.00' */
export const money = (value: number, currency: string): string => format(value, { style: 'currency', currency })
