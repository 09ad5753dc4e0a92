import { createContext, useContext } from 'hono/jsx'
import { translations } from '../../../dist/dashboard.js'
import type { Dictionary } from './dictionary'
import type { Language } from './languages'
import { nameOf, overlaid } from './texts'

const LanguageContext = createContext<Language>('en')

/** Renders what is in it in a language. */
export const InLanguage = LanguageContext.Provider

/** The language of the request that is rendered. */
export const useLanguage = (): Language => useContext(LanguageContext)

const dictionaries = new Map<Language, Dictionary>()

/** Parsed when a language is first asked for, so that none costs time at the start. */
const dictionaryOf = (language: Language): Dictionary => {
  const known = dictionaries.get(language) ?? (JSON.parse(translations[language] ?? '{}') as Dictionary)
  dictionaries.set(language, known)
  return known
}

/** The translation of the request that is rendered; empty for English. */
export const useDictionary = (): Dictionary => dictionaryOf(useLanguage())

/** A page's texts in the language of the request that is rendered. */
export const useTexts = <Group extends object>(group: Group): Group => {
  const dictionary = useDictionary()
  return overlaid(group, dictionary[nameOf(group)])
}
