import type { ValueFilter } from '../../../shared/question'
import type { Rejection } from '../../lib/lineIn'
import { Problem } from '../../lib/problem'
import { factFilterOf } from './valueFilterOf'

/** Of one goal or step. */
const MOST = 3
/** Characters as JSON. Limited because every request reads the settings of its site. */
const LENGTH = 1_000

const checked = (given: unknown, where: string, reject: Rejection): ValueFilter => {
  try {
    const { operator, dimension } = factFilterOf(given)
    const [, , values] = given as readonly [unknown, unknown, string | readonly string[]]
    return [operator, dimension.id, typeof values === 'string' ? [values] : values]
  } catch (error) {
    if (error instanceof Problem) throw reject(`"${where}" is not valid: ${error.message}`)
    throw error
  }
}

/**
 * Filters on a single page view or event.
 * @throws Problem that `reject` returns
 */
export const factFiltersIn = (given: unknown, where: string, reject: Rejection): readonly ValueFilter[] => {
  if (!Array.isArray(given) || given.length > MOST)
    throw reject(`"${where}" must be a list of at most ${MOST} filters, like [["is","property:plan",["pro"]]].`)
  if (JSON.stringify(given).length > LENGTH) throw reject(`"${where}" must have at most ${LENGTH} characters.`)
  return given.map((one, index) => checked(one, `${where}[${index}]`, reject))
}
