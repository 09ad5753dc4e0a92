import type { Language } from '../languages'
import type { Translation } from './translation'

/** The translation of each language. */
export const TRANSLATIONS: Readonly<Record<Exclude<Language, 'en'>, Translation>> = {}
