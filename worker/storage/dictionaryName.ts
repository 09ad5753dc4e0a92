import type { TEXTS_A_DAY } from '../../shared/limits'

/** A table of repeated strings, by which rows name them as numbers. */
export type DictionaryName = keyof (typeof TEXTS_A_DAY)['browser']

export type DictionaryEntry = readonly string[]
