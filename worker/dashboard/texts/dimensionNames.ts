import { DICTIONARY, type Dictionary } from './dictionary'

/** The translated name of a dimension; `undefined` in English. */
export const translatedDimensionName = (
  id: string,
  { dimensionNames }: Dictionary = DICTIONARY,
): string | undefined => {
  const name = dimensionNames?.[id]
  return typeof name === 'string' ? name : undefined
}
