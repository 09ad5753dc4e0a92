import type { Parameters } from '../../../shared/question'
import { Problem } from '../../lib/problem'
import type { Arguments, Metric, Parameter } from '../../metrics/metric'
import type { NamedSettings } from './filtersOf'
import { settingNamed } from './settingNamed'

const reject = (code: string, message: string): Problem => new Problem(400, code, message)

/** @throws Problem `unknown_goal`, `unknown_funnel` */
const checkName = (names: Parameter['names'], given: string, { goals, funnels }: NamedSettings): void => {
  if (names === 'goal') settingNamed('goal', given, goals)
  if (names === 'funnel') settingNamed('funnel', given, funnels)
}

const argumentOf = (
  metric: Metric,
  parameter: Parameter,
  given: unknown,
  settings: NamedSettings,
): string | number | null => {
  const { name, names, values, from, to } = parameter
  if (given === undefined || given === null) return parameter.default
  const wrong = (what: string): Problem => reject('bad_parameter', `"${name}" of ${metric.id} must be ${what}.`)
  if (from !== undefined && to !== undefined) {
    const number = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given
    if (typeof number !== 'number' || !Number.isInteger(number) || number < from || number > to)
      throw wrong(`a whole number from ${from} to ${to}`)
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
