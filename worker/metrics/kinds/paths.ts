import type { PathStep } from '../../../shared/question'
import { wilson } from '../../../shared/wilson'
import type { Path } from '../../relations/paths'
import { pathsOf } from '../../relations/paths'
import type { Arguments, Metric, Sums } from '../metric'
import { reachedKey } from '../pathKey'
import { garwood } from '../statistics/garwood'
import { complete, type Identified, type Undivided } from './described'
import { get } from './get'

const topOf = (sums: Sums, step: number, sessions: number): PathStep['top'] =>
  Object.entries(sums)
    .flatMap(([key, count]) => {
      const start = `${step} `
      if (!key.startsWith(start)) return []
      const name = key.slice(start.length)
      return [{ name, sessions: count, share: count / sessions, interval: wilson(count, sessions) }]
    })
    .sort((one, other) => other.sessions - one.sessions || (one.name < other.name ? -1 : 1))

const NO_BEGINNING =
  'Set where the paths begin: the parameter page, such as "/pricing", or event, such as "add_to_cart".'

/** Sessions that contain the beginning of a path, and the pages or events before or after it. */
export const paths = <Id extends string>(
  described: Undivided & Identified<Id> & { path: (args: Arguments) => Path },
): Metric<Id> => ({
  ...complete({ ...described, denominator: null }),
  kind: 'count',
  intervalBy: 'garwood',
  change: 'fraction',
  lacks: (_settings, args) => (args && described.path(args).from === null ? NO_BEGINNING : null),
  measure: args => ({ form: 'paths', relation: pathsOf(described.path(args)) }),
  read: (sums, _context, args) => {
    const { steps: length } = described.path(args)
    const value = get(sums, reachedKey(0))
    const steps = Array.from({ length }, (_, index): PathStep => {
      const step = index + 1
      return { step, reached: get(sums, reachedKey(step)), top: topOf(sums, step, value) }
    })
    return {
      value,
      numerator: value,
      denominator: null,
      interval: garwood(value),
      variance: value,
      status: 'ok',
      pending: 0,
      steps,
    }
  },
})
