import { LOCALE } from './locale'

/**
 * A name as it stands within a sentence. German writes nouns with a capital.
 * @example inSentence('Entry page') // 'entry page'
 */
export const inSentence = (name: string, locale = LOCALE): string =>
  locale.startsWith('de') ? name : name.toLocaleLowerCase(locale)
