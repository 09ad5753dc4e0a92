/**
 * Amounts are stored as whole minor units of their currency, so that sums are exact.
 *
 * How many digits a currency's minor unit has is kept here and not asked of `Intl`: `Intl` gives what
 * a locale likes to print (0 for HUF, COP and IDR, which have 2), and gives another number in another
 * release, which would change what stored amounts mean.
 * @see https://www.six-group.com/en/products-services/financial-information/data-standards.html ISO 4217, list one
 */
const DIGITS: Readonly<Record<string, number>> = {
  ...digitsOf(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'),
  ...digitsOf(3, 'BHD IQD JOD KWD LYD OMR TND'),
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))

/**
 * Whether this is the code of a currency, in capitals.
 * @example isCurrency('EUR') // true
 */
export const isCurrency = (code: string): boolean => CURRENCIES.has(code)

/**
 * Decimal digits of a currency's minor unit.
 * @example currencyDigits('JPY') // 0
 */
export const currencyDigits = (code: string): number => DIGITS[code] ?? 2

/**
 * An amount in whole minor units, half of one rounded away from zero.
 *
 * What is rounded is the amount as it is written, not its binary approximation: 1.005 is a little
 * less than that in binary, and is 101 cents all the same.
 * @param amount finite, major units; exact up to the 15 digits that a number holds
 * @example toMinor(19.995, 'USD') // 2000
 */
export function toMinor(amount: number, currency: string): number {
  const [mantissa = '', exponent = '0'] = String(Math.abs(amount)).split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const digits = whole + fraction
  const point = whole.length + Number(exponent) + currencyDigits(currency)
  const units = Number(digits.slice(0, Math.max(0, point)).padEnd(point, '0'))
  const rounded = (digits[point] ?? '0') >= '5' ? units + 1 : units
  return amount < 0 && rounded > 0 ? -rounded : rounded
}

/**
 * Major units of an amount in minor units: the number that is written with exactly those digits.
 * @example toMajor(101, 'USD') // 1.01
 */
export const toMajor = (minor: number, currency: string): number => minor / 10 ** currencyDigits(currency)

function digitsOf(digits: number, codes: string): Record<string, number> {
  return Object.fromEntries(codes.split(' ').map(code => [code, digits]))
}
