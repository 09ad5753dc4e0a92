/** The forms of a text by the plural category of its `count`. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>

type Translated = string | PluralForms

/** The translated texts of one page, by key. */
export type TextGroup = Readonly<Record<string, Translated | Readonly<Record<string, Translated>>>>

/** The texts of one language, by page. */
export type Dictionary = Readonly<Record<string, TextGroup>>

declare global {
  /** The texts of the page's language, put there by a script ahead of the page's own. English has none. */
  var footfallTexts: Dictionary | undefined
}

/** The texts of the page's language; empty in English and on the server, which answers in many languages. */
export const DICTIONARY: Dictionary = globalThis.footfallTexts ?? {}
