import { LOCALE } from '../../texts/locale'

const named = (type: 'region' | 'language', code: string): string => {
  try {
    return new Intl.DisplayNames(LOCALE, { type }).of(code) ?? code
  } catch {
    return code
  }
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Values that mean "none". */
const NONE = ['(not set)', '(none)']

/** Dimensions for which a missing value means "unknown" and not "none". */
const UNKNOWN = ['country', 'region', 'city', 'language', 'device', 'browser', 'os', 'visitor_type']

const READERS: Readonly<Record<string, (value: string) => string>> = {
  device: capitalized,
  visitor_type: capitalized,
  source: value => (value === '(direct)' ? 'Direct' : value),
  country: code => (/^[A-Z]{2}$/.test(code) ? named('region', code) : code),
  language: code => (/^[a-z]{2,3}(-\w+)*$/i.test(code) ? named('language', code) : code),
}

/** Whether its values are codes with a name of their own. */
export const isCoded = (dimension: string): boolean => dimension === 'country' || dimension === 'language'

/** Characters that are invisible or change the direction of the text around them. */
const DECEPTIVE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** Formats a value of a dimension: countries and languages by name, missing values in words. */
export const groupText = (dimension: string, value: string): string => {
  if (NONE.includes(value)) return UNKNOWN.includes(dimension) ? 'Unknown' : 'None'
  return (READERS[dimension]?.(value) ?? value).replace(DECEPTIVE, '\ufffd')
}
