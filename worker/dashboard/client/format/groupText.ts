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

/** Whether its groups are codes, which their reader knows by other names. */
export const isCoded = (dimension: string): boolean => dimension in READERS

/** Characters that turn the direction of what stands beside them, or that nobody sees. */
const DECEPTIVE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** A group of a dimension as its reader calls it: countries and languages by their names. */
export const groupText = (dimension: string, value: string): string =>
  (READERS[dimension]?.(value) ?? value).replace(DECEPTIVE, '\ufffd')
