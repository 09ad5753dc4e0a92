import type { ValueFilter } from '../../shared/question'
import { Problem } from '../lib/problem'
import { factFilterOf } from '../query/parse/valueFilterOf'
import { badSetting } from './lineOf'

/** Of one goal or step. */
const MOST = 3
/** Characters as JSON. Limited because every request reads the settings of its site. */
const LENGTH = 1_000

const checked = (given: unknown, where: string): ValueFilter => {
  try {
    const { operator, dimension } = factFilterOf(given)
    const [, , values] = given as readonly [unknown, unknown, string | readonly string[]]
    return [operator, dimension.id, typeof values === 'string' ? [values] : values]
  } catch (error) {
    if (error instanceof Problem) throw badSetting(`"${where}" is not valid: ${error.message}`)
    throw error
  }
}

/**
 * Filters on a single page view or event in a setting.
 * @throws Problem `bad_settings`
 */
export const whereOf = (given: unknown, where: string): readonly ValueFilter[] => {
  if (!Array.isArray(given) || given.length > MOST)
    throw badSetting(`"${where}" must be a list of at most ${MOST} filters, like [["is","property:plan",["pro"]]].`)
  if (JSON.stringify(given).length > LENGTH) throw badSetting(`"${where}" must have at most ${LENGTH} characters.`)
  return given.map((one, index) => checked(one, `${where}[${index}]`))
}
