import type { Parameters } from '../../../shared/question'
import { Problem } from '../../lib/problem'
import type { Arguments, Metric, Parameter } from '../../metrics/metric'
import type { NamedSettings } from './filtersOf'
import { settingNamed } from './settingNamed'
import { stepsIn } from './stepsIn'

const reject = (code: string, message: string): Problem => new Problem(400, code, message)

/** @throws Problem `unknown_goal`, `unknown_funnel` */
const checkName = (names: Parameter['names'], given: string, { goals, funnels }: NamedSettings): void => {
  if (names === 'goal') settingNamed('goal', given, goals)
  if (names === 'funnel') settingNamed('funnel', given, funnels)
}

/** Characters of the JSON of steps. */
const STEPS = 4_000

/** Steps as JSON, in an order of fields of ours. In an address they are a text. */
const stepsOf = (given: unknown): string => {
  const wrong = (message: string): Problem => reject('bad_parameter', message)
  const json = typeof given === 'string' ? given : JSON.stringify(given)
  if (json.length > STEPS) throw wrong(`"steps" must have at most ${STEPS} characters as JSON.`)
  try {
    return JSON.stringify(stepsIn(JSON.parse(json), 'steps', wrong))
  } catch (error) {
    if (error instanceof SyntaxError)
      throw wrong('"steps" must be a list like [{"page":"/pricing"},{"event":"sign_up"}].')
    throw error
  }
}

const numberOf = ({ from = 0, to = 0, fraction }: Parameter, given: unknown): number | null => {
  const number = typeof given === 'string' && /^\d+(\.\d+)?$/.test(given) ? Number(given) : given
  const isNumber = fraction ? Number.isFinite(number) : Number.isInteger(number)
  return isNumber && Number(number) >= from && Number(number) <= to ? Number(number) : null
}

const argumentOf = (
  metric: Metric,
  parameter: Parameter,
  given: unknown,
  settings: NamedSettings,
): string | number | null => {
  const { name, names, values, from, to, fraction, steps } = parameter
  if (given === undefined || given === null) return parameter.default
  const wrong = (what: string): Problem => reject('bad_parameter', `"${name}" of ${metric.id} must be ${what}.`)
  if (steps) return stepsOf(given)
  if (from !== undefined && to !== undefined) {
    const number = numberOf(parameter, given)
    if (number === null)
      throw wrong(fraction ? `a number from ${from.toPrecision(1)} to ${to}` : `a whole number from ${from} to ${to}`)
    return number
  }
  if (typeof given !== 'string' || given === '' || given.length > 200) throw wrong('a text')
  if (values && !values.includes(given)) throw wrong(`one of ${values.join(', ')}`)
  checkName(names, given, settings)
  return given
}

/**
 * The arguments of a metric, with its defaults.
 * @param settings of the site
 * @throws Problem `unknown_parameter`, `bad_parameter`, `unknown_goal`, `unknown_funnel`
 */
export const argumentsOf = (metric: Metric, given: Parameters | undefined, settings: NamedSettings): Arguments => {
  const unknown = Object.keys(given ?? {}).find(name => !metric.parameters.some(parameter => parameter.name === name))
  if (unknown !== undefined) {
    const names = metric.parameters.map(({ name }) => name).join(', ')
    throw reject(
      'unknown_parameter',
      `${metric.id} has no parameter "${unknown.slice(0, 60)}"; it has ${names || 'none'}.`,
    )
  }
  return Object.fromEntries(
    metric.parameters.map(parameter => [
      parameter.name,
      argumentOf(metric, parameter, given?.[parameter.name], settings),
    ]),
  )
}
