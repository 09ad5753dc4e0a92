import { Problem } from '../lib/problem'

/**
 * Filters as an address holds them.
 * @throws Problem `bad_filters`
 * @example filtersIn('[["is","country",["SE"]]]') // [['is', 'country', ['SE']]]
 */
export const filtersIn = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem(400, 'bad_filters', '"filters" must be JSON.')
  }
}
