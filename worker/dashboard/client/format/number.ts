export type Options = Intl.NumberFormatOptions

// Without a locale, Intl uses the reader's.
const formatters = new Map<string, Intl.NumberFormat>()

export const formatter = (options: Options): Intl.NumberFormat => {
  const key = JSON.stringify(options)
  const known = formatters.get(key) ?? new Intl.NumberFormat(undefined, options)
  formatters.set(key, known)
  return known
}

/** @example number(1234.5) // '1,234.5' */
export const number = (value: number, options: Options = {}): string =>
  formatter({ maximumFractionDigits: 2, ...options }).format(value)

/** @example percent(0.4123) // '41.2%' */
export const percent = (value: number, options: Options = {}): string =>
  formatter({ style: 'percent', maximumFractionDigits: 1, ...options }).format(value)

/** @example money(40, 'EUR') // '€40.00' */
export const money = (value: number, currency: string): string =>
  formatter({ style: 'currency', currency }).format(value)
