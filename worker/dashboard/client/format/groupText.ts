const named = (type: 'region' | 'language', code: string): string => {
  try {
    return new Intl.DisplayNames(undefined, { type }).of(code) ?? code
  } catch {
    return code
  }
}

const READERS: Readonly<Record<string, (value: string) => string>> = {
  country: code => (/^[A-Z]{2}$/.test(code) ? named('region', code) : code),
  language: code => (/^[a-z]{2,3}(-\w+)*$/i.test(code) ? named('language', code) : code),
}

/** Whether its values are codes with a name of their own. */
export const isCoded = (dimension: string): boolean => dimension in READERS

/** Characters that are invisible or change the direction of the text around them. */
const DECEPTIVE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** Formats a value of a dimension: countries and languages by name. */
export const groupText = (dimension: string, value: string): string =>
  (READERS[dimension]?.(value) ?? value).replace(DECEPTIVE, '\ufffd')
