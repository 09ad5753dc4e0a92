/** From the letter A to its regional indicator: two of these make a flag. */
const TO_INDICATOR = 0x1f1e6 - 0x41

/**
 * The flag of a country; `null` for no country.
 * @param code of ISO 3166-1
 * @example flagOf('SE') // '🇸🇪'
 * @see https://www.unicode.org/reports/tr51/#Flags
 */
export const flagOf = (code: string): string | null =>
  /^[A-Z]{2}$/.test(code) ? String.fromCodePoint(...[...code].map(letter => letter.charCodeAt(0) + TO_INDICATOR)) : null
