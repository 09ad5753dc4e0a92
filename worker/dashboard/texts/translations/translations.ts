import type { Language } from '../languages'
import { de } from './de.ts'
import { es } from './es.ts'
import { id } from './id.ts'
import { ja } from './ja.ts'
import { sv } from './sv.ts'
import { tr } from './tr.ts'
import type { Translation } from './translation'
import { zh } from './zh.ts'

/** The translation of each language. */
export const TRANSLATIONS: Readonly<Record<Exclude<Language, 'en'>, Translation>> = { de, es, id, ja, sv, tr, zh }
