import type { Interval } from '../../shared/question'
import { toMajor } from '../money'
import type { Arguments, Metric, Reading, Sums, SumsMeasure, Surroundings, Terms } from './metric'
import { ratioInterval } from './statistics/deltaRatio'
import { garwood } from './statistics/garwood'
import { meanInterval } from './statistics/studentT'
import { wilson } from './statistics/wilson'

/** What an entry says of itself; its kind says the rest. */
type Described = Omit<Metric, 'measure' | 'read' | 'change' | 'parameters' | 'needs'> &
  Partial<Pick<Metric, 'parameters' | 'needs'>>

/** A value of the question's arguments, or one for all of them. */
type Asked<T> = (terms: Terms, args: Arguments) => T

const get = (sums: Sums, name: string): number => sums[name] ?? 0

/** A share with an interval wider than this to each side is told as uncertain. */
const LOW_SAMPLE = 0.1

const NOTHING = { value: null, numerator: 0, denominator: 0, interval: null } as const

const noData = (pending: number, what: string): Reading =>
  pending > 0
    ? { ...NOTHING, status: 'pending', reason: `The ${pending} there are have not had their time yet.`, pending }
    : { ...NOTHING, status: 'no_data', reason: `There are no ${what} in this period.`, pending }

/** Nothing that is averaged here can be below 0, whatever the symmetric interval of a small sample says. */
const atLeastZero = ([low, high]: Interval): Interval => [Math.max(0, low), high]

const needsIdentity = (leftOut: number): Reading => ({
  value: null,
  numerator: null,
  denominator: null,
  interval: null,
  status: 'needs_identity',
  reason:
    'No visitor of this period has an id that lasts beyond a day; use data-id="persistent", identify, or send visitor_id.',
  pending: 0,
  left_out: leftOut,
})

/**
 * Metrics that need a lasting id use those who have one, tell how many were left out, and say so when
 * nobody has. Their measures bring `lasting` and `others`, how many have and have not.
 */
const unlessNobodyLasts = (metric: Pick<Metric, 'needs'>, sums: Sums, read: () => Reading): Reading => {
  const others = get(sums, 'others')
  if (!metric.needs.includes('lasting_id') || others === 0) return read()
  return get(sums, 'lasting') === 0 ? needsIdentity(others) : { ...read(), left_out: others }
}

const complete = (described: Described): Described & Pick<Metric, 'parameters' | 'needs'> => ({
  parameters: [],
  needs: ['snippet'],
  ...described,
})

/** How many there are; 0 when there are none. The interval is that of a Poisson count. */
export const count = (described: Described & { of: Asked<SumsMeasure> }): Metric => {
  const metric = complete(described)
  return {
    ...metric,
    change: 'fraction',
    measure: (args, terms) => described.of(terms, args),
    read: sums =>
      unlessNobodyLasts(metric, sums, () => {
        const value = get(sums, 'count')
        return {
          value,
          numerator: value,
          denominator: null,
          interval: garwood(value),
          status: 'ok',
          pending: get(sums, 'pending'),
        }
      }),
  }
}

/** An amount of money; 0 when there is none. */
export const money = (described: Described & { of: Asked<SumsMeasure> }): Metric => ({
  ...complete(described),
  money: true,
  change: 'fraction',
  measure: (args, terms) => described.of(terms, args),
  read: (sums, { currency }) => {
    const value = toMajor(get(sums, 'amount'), currency)
    return { value, numerator: value, denominator: null, interval: null, status: 'ok', pending: 0, currency }
  },
})

const shareReading = (numerator: number, denominator: number, pending: number, of: string): Reading => {
  const interval = wilson(numerator, denominator)
  if (interval === null) return noData(pending, of)
  const low = (interval[1] - interval[0]) / 2 > LOW_SAMPLE
  return {
    value: numerator / denominator,
    numerator,
    denominator,
    interval,
    status: low ? 'low_sample' : 'ok',
    pending,
  }
}

/** A part of a whole: the numerator counts some of what the denominator counts. Wilson's interval. */
export const share = (
  described: Described & { of: Asked<Metric['measure'] extends (...a: never[]) => infer M ? M : never>; whole: string },
): Metric => {
  const metric = complete(described)
  return {
    ...metric,
    change: 'difference',
    measure: (args, terms) => described.of(terms, args),
    read: sums =>
      unlessNobodyLasts(metric, sums, () =>
        shareReading(get(sums, 'numerator'), get(sums, 'denominator'), get(sums, 'pending'), described.whole),
      ),
  }
}

/** The sums a ratio of sums over clusters needs: each person is one cluster. */
export const perPersonRatio = (
  relation: SumsMeasure['relation'],
  numerator: string,
  denominator: string,
): SumsMeasure => ({
  form: 'sums',
  relation,
  perPerson: { x: numerator, y: denominator, open: 'max(open)' },
  sums: {
    clusters: 'count(*)',
    x: 'sum(x)',
    y: 'sum(y)',
    xx: 'sum(1.0 * x * x)',
    xy: 'sum(1.0 * x * y)',
    yy: 'sum(1.0 * y * y)',
    pending: 'sum(open)',
  },
})

/** A ratio of two sums; its uncertainty is that between visitors. */
export const per = (described: Described & { of: Asked<SumsMeasure>; whole: string }): Metric => ({
  ...complete(described),
  change: 'fraction',
  measure: (args, terms) => described.of(terms, args),
  read: sums => {
    const [x, y] = [get(sums, 'x'), get(sums, 'y')]
    if (y === 0) return noData(0, described.whole)
    const interval = ratioInterval(get(sums, 'clusters'), x, y, get(sums, 'xx'), get(sums, 'xy'), get(sums, 'yy'))
    return {
      value: x / y,
      numerator: x,
      denominator: y,
      interval: interval && atLeastZero(interval),
      status: 'ok',
      pending: get(sums, 'pending'),
    }
  },
})

/** The sums a mean of `expression` over the rows of a relation needs. */
export const meanSums = (relation: SumsMeasure['relation'], expression: string, open = '0'): SumsMeasure => ({
  form: 'sums',
  relation,
  sums: {
    n: `count(${expression})`,
    x: `sum(${expression})`,
    xx: `sum(1.0 * ${expression} * ${expression})`,
    pending: `sum(${open})`,
  },
})

/** How the stored unit of a mean's sum becomes the metric's. */
type Scale = (amount: number, surroundings: Surroundings) => number

const meanReading = (sums: Sums, scale: (amount: number) => number, of: string): Reading => {
  const [n, x] = [get(sums, 'n'), get(sums, 'x')]
  if (n === 0) return noData(0, of)
  const interval = meanInterval(n, x, get(sums, 'xx'))
  return {
    value: scale(x) / n,
    numerator: scale(x),
    denominator: n,
    interval: interval && atLeastZero([scale(interval[0]), scale(interval[1])]),
    status: 'ok',
    pending: get(sums, 'pending'),
  }
}

/** A mean over units. Student's interval. */
export const mean = (
  described: Described & { of: Asked<SumsMeasure>; whole: string; scale: Scale; money?: true },
): Metric => ({
  ...complete(described),
  change: described.unit === 'ratio' ? 'difference' : 'fraction',
  measure: (args, terms) => described.of(terms, args),
  read: (sums, surroundings) => {
    const reading = meanReading(sums, amount => described.scale(amount, surroundings), described.whole)
    return described.money ? { ...reading, currency: surroundings.currency } : reading
  },
})

/** The middle one of the units, between order statistics. */
export const medianReading = (sums: Sums, scale: (amount: number) => number, of: string): Reading => {
  const n = get(sums, 'n')
  if (n === 0) return noData(0, of)
  const known = sums.lower !== undefined && sums.upper !== undefined
  const interval: Interval | null = known ? [scale(get(sums, 'lower')), scale(get(sums, 'upper'))] : null
  return {
    value: scale(get(sums, 'median')),
    numerator: null,
    denominator: n,
    interval,
    status: 'ok',
    pending: get(sums, 'pending'),
  }
}

/** A mean or, with `statistic=median`, the median of a column of sessions. */
export const meanOrMedian = (
  described: Described & { column: string; whole: string; scale: (amount: number) => number },
): Metric => ({
  ...complete(described),
  parameters: [
    { name: 'statistic', help: 'The mean, or the middle one.', values: ['mean', 'median'], default: 'mean' },
    ...(described.parameters ?? []),
  ],
  change: 'fraction',
  measure: ({ statistic }) =>
    statistic === 'median'
      ? { form: 'quantile', column: described.column }
      : meanSums('sessions', described.column, 'open'),
  read: (sums, _surroundings, { statistic }) =>
    (statistic === 'median' ? medianReading : meanReading)(sums, described.scale, described.whole),
})

/** The mean of a number counted anew each day, over the days that have begun. Student's interval over the days. */
export const dailyMean = (described: Described): Metric => ({
  ...complete(described),
  change: 'fraction',
  measure: () => ({ form: 'daily' }),
  read: (sums, { days }) => {
    if (days === 0) return noData(0, 'days that have begun')
    return {
      value: get(sums, 'x') / days,
      numerator: get(sums, 'x'),
      denominator: days,
      interval: meanInterval(days, get(sums, 'x'), get(sums, 'xx')),
      status: 'ok',
      pending: 0,
    }
  },
})

/** Distinct lasting visitors of the last days. */
export const windowCount = (described: Described & { days: number }): Metric => {
  const metric = complete(described)
  return {
    ...metric,
    change: 'fraction',
    measure: () => ({ form: 'window', days: described.days }),
    read: sums =>
      unlessNobodyLasts(metric, sums, () => {
        const value = get(sums, 'lasting')
        return { value, numerator: value, denominator: null, interval: garwood(value), status: 'ok', pending: 0 }
      }),
  }
}
