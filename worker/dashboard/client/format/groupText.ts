import { clientFrameTexts } from '../../texts/clientFrame'
import { LOCALE } from '../../texts/locale'

const { channels, devices, groups, visitorTypes } = clientFrameTexts

const named = (type: 'region' | 'language', code: string): string => {
  try {
    return new Intl.DisplayNames(LOCALE, { type }).of(code) ?? code
  } catch {
    return code
  }
}

const namedIn =
  (names: Readonly<Record<string, string>>) =>
  (value: string): string =>
    Object.hasOwn(names, value) ? (names[value] ?? value) : value

/** Values that mean "none". */
const NONE = ['(not set)', '(none)']

/** Dimensions for which a missing value means "unknown" and not "none". */
const UNKNOWN = ['country', 'region', 'city', 'language', 'device', 'browser', 'os', 'visitor_type']

const READERS: Readonly<Record<string, (value: string) => string>> = {
  channel: namedIn(channels),
  device: namedIn(devices),
  visitor_type: namedIn(visitorTypes),
  source: value => (value === '(direct)' ? groups.direct : value),
  country: code => (/^[A-Z]{2}$/.test(code) ? named('region', code) : code),
  language: code => (/^[a-z]{2,3}(-\w+)*$/i.test(code) ? named('language', code) : code),
}

/** Whether its values are codes with a name of their own. */
export const isCoded = (dimension: string): boolean => dimension === 'country' || dimension === 'language'

/** Characters that are invisible or change the direction of the text around them. */
const DECEPTIVE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** Formats a value of a dimension: countries and languages by name, missing values in words. */
export const groupText = (dimension: string, value: string): string => {
  if (NONE.includes(value)) return UNKNOWN.includes(dimension) ? groups.unknown : groups.none
  return (READERS[dimension]?.(value) ?? value).replace(DECEPTIVE, '\ufffd')
}
