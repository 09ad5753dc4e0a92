import type { Dictionary } from './texts/dictionary'
import { translatedDimensionName } from './texts/dimensionNames'

/** Names that do not follow from the id. */
const NAMES: Readonly<Record<string, string>> = {
  os: 'Operating system',
  'property:link_url': 'Link',
}

const englishName = (id: string): string => {
  const words = id.replace(/^property:/, '').replaceAll('_', ' ')
  return NAMES[id] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

/**
 * The name of a dimension in the page's language.
 * @example dimensionName('entry_page') // 'Entry page'
 */
export const dimensionName = (id: string, dictionary?: Dictionary): string =>
  translatedDimensionName(id, dictionary) ?? englishName(id)
