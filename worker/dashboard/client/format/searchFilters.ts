import type { ValueFilter } from '../../../../shared/question'
import { groupText, isCoded } from './groupText'

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** Codes of two letters; those of languages are in lower case. */
const codesOf = (dimension: string): string[] =>
  LETTERS.flatMap(a => LETTERS.map(b => a + b)).map(code => (dimension === 'country' ? code : code.toLowerCase()))

/** The codes whose names contain a text. */
const codesNamed = (dimension: string, text: string): string[] =>
  codesOf(dimension).filter(code => {
    const name = groupText(dimension, code)
    return name !== code && name.toLowerCase().includes(text.toLowerCase())
  })

/** The API is case-sensitive; a search should not be. */
const spellings = (text: string): string[] => {
  const lower = text.toLowerCase()
  return [...new Set([text, lower, lower.charAt(0).toUpperCase() + lower.slice(1), text.toUpperCase()])]
}

/** Filters that pass the groups whose names contain a text. */
export const searchFilters = (dimension: string, text: string): readonly ValueFilter[] => {
  const trimmed = text.trim()
  if (trimmed === '') return []
  if (!isCoded(dimension)) return [['contains', dimension, spellings(trimmed)]]
  const codes = codesNamed(dimension, trimmed)
  if (dimension === 'country') return [['is', dimension, codes.length > 0 ? codes : [trimmed]]]
  return [['matches', dimension, codes.length > 0 ? codes.flatMap(code => [code, `${code}-*`]) : [trimmed]]]
}
