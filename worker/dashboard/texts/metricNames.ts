import { DICTIONARY, type Dictionary } from './dictionary'

/**
 * The name of a metric in the page's language.
 * @param english its name in the catalogue
 */
export const metricName = (id: string, english: string, { metricNames }: Dictionary = DICTIONARY): string => {
  const name = metricNames?.[id]
  return typeof name === 'string' ? name : english
}
