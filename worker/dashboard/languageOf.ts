import type { Context } from 'hono'
import { detectFromCookie, detectFromHeader, detectFromQuery } from 'hono/language'
import { LANGUAGES, type Language } from './texts/languages'

/** Set by the language menu. */
const COOKIE = 'footfall_language'

type Options = Parameters<typeof detectFromQuery>[1]

const OPTIONS: Options = {
  order: [],
  lookupQueryString: 'lang',
  lookupCookie: COOKIE,
  lookupFromHeaderKey: 'accept-language',
  lookupFromPathIndex: 0,
  caches: false,
  ignoreCase: true,
  fallbackLanguage: 'en',
  supportedLanguages: Object.keys(LANGUAGES),
}

/** The language of a request: that of its address, the one chosen in the menu, or the first that the browser asks for. */
export const languageOf = (c: Context): Language =>
  (detectFromQuery(c, OPTIONS) ?? detectFromCookie(c, OPTIONS) ?? detectFromHeader(c, OPTIONS) ?? 'en') as Language
