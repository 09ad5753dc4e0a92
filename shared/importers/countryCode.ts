const names = new Intl.DisplayNames('en', { type: 'region' })
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Names that the Unicode CLDR has no more, or never had. */
const OTHERS: Readonly<Record<string, string>> = {
  'Czech Republic': 'CZ',
  Macedonia: 'MK',
  'Macedonia (FYROM)': 'MK',
  Swaziland: 'SZ',
  Turkey: 'TR',
  Türkiye: 'TR',
}

/** Codes that name no country of ISO 3166. */
const isCountry = (code: string): boolean =>
  !/^(?:A[A-B]|EU|EZ|Q[M-Z]|UK|UN|X[A-Z]|Z[R-Z])$/.test(code) || code === 'XK'

const simple = (name: string): string => name.toLowerCase().replaceAll('&', 'and').replaceAll('’', "'")

const codes: ReadonlyMap<string, string> = new Map([
  ...[...LETTERS].flatMap(first =>
    [...LETTERS].flatMap(second => {
      const code = first + second
      const name = names.of(code)
      return name === undefined || name === code || !isCountry(code) ? [] : [[simple(name), code] as const]
    }),
  ),
  ...Object.entries(OTHERS).map(([name, code]) => [simple(name), code] as const),
])

/**
 * The code of ISO 3166 for a country's English name, `undefined` for anything else.
 * @example countryCode('Bosnia & Herzegovina') // 'BA'
 */
export const countryCode = (name: string): string | undefined => codes.get(simple(name))
