import type { Interval } from '../../shared/question'
import { toMajor } from '../money'
import type { Relation } from './compile/relation'
import { SESSIONS } from './compile/relations/sessions'
import type {
  Arguments,
  CohortMeasure,
  Measure,
  Metric,
  MoneySource,
  PersonValue,
  QuantileMeasure,
  Reading,
  Sums,
  SumsMeasure,
  Surroundings,
  Terms,
} from './metric'
import { most } from './people'
import { ratioInterval } from './statistics/deltaRatio'
import { garwood } from './statistics/garwood'
import { meanInterval } from './statistics/studentT'
import { wilson } from './statistics/wilson'

/** What an entry says of itself; its kind says the rest. */
export type Described = Omit<
  Metric,
  'measure' | 'read' | 'change' | 'kind' | 'intervalBy' | 'parameters' | 'needs' | 'numerator' | 'denominator'
> &
  Partial<Pick<Metric, 'parameters' | 'needs' | 'numerator' | 'denominator'>>

/** A value of the question's arguments, or one for all of them. */
export type Asked<T> = (terms: Terms, args: Arguments) => T

export const get = (sums: Sums, name: string): number => sums[name] ?? 0

/** A share with an interval wider than this to each side is told as uncertain. */
const LOW_SAMPLE = 0.1

const NOTHING = { value: null, numerator: 0, denominator: 0, interval: null } as const

/**
 * Of a ratio over nothing.
 * @param send what to send to get it, where the snippet alone does not
 */
export const noData = (pending: number, what: string, send?: string): Reading => {
  if (pending > 0) {
    return { ...NOTHING, status: 'pending', reason: `The ${pending} there are have not had their time yet.`, pending }
  }
  const reason = `There are no ${what} in this period`
  return send === undefined
    ? { ...NOTHING, status: 'no_data', reason: `${reason}.`, pending }
    : { ...NOTHING, status: 'needs_input', reason: `${reason}; send ${send}.`, pending }
}

/** Nothing that is averaged here can be below 0, whatever the symmetric interval of a small sample says. */
/** Of a number that is made of what was never sent. */
export const lacking = (what: string, send: string): Reading => ({
  ...NOTHING,
  status: 'needs_input',
  reason: `There are no ${what} in this period; send ${send}.`,
  pending: 0,
})

export const atLeastZero = ([low, high]: Interval): Interval => [Math.max(0, low), high]

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
export const unlessNobodyLasts = (metric: Pick<Metric, 'needs'>, sums: Sums, read: () => Reading): Reading => {
  const others = get(sums, 'others')
  if (!metric.needs.includes('lasting_id') || others === 0) return read()
  return get(sums, 'lasting') === 0 ? needsIdentity(others) : { ...read(), left_out: others }
}

/** Fills in what most entries need not say: above and below the line stands what the formula says. */
export const complete = (
  described: Described,
): Described & Pick<Metric, 'parameters' | 'needs' | 'numerator' | 'denominator'> => {
  const [numerator = '', denominator = null] = described.formula.split(' / ')
  return { parameters: [], needs: ['snippet'], numerator, denominator, ...described }
}

/** How many there are; 0 when there are none. The interval is that of a Poisson count. */
export const count = (described: Described & { of: Asked<SumsMeasure | readonly SumsMeasure[]> }): Metric => {
  const metric = complete(described)
  return {
    ...metric,
    kind: 'count',
    intervalBy: 'garwood',
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
export const money = (described: Described & { of: Asked<SumsMeasure>; money: readonly MoneySource[] }): Metric => ({
  ...complete(described),
  kind: 'amount',
  intervalBy: 'none',
  change: 'fraction',
  measure: (args, terms) => described.of(terms, args),
  read: (sums, { currency }) => {
    const value = toMajor(get(sums, 'amount'), currency)
    return { value, numerator: value, denominator: null, interval: null, status: 'ok', pending: 0, currency }
  },
})

export const shareReading = (
  numerator: number,
  denominator: number,
  pending: number,
  of: string,
  send?: string,
): Reading => {
  const interval = wilson(numerator, denominator)
  if (interval === null) return noData(pending, of, send)
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
  described: Described & {
    of: Asked<Measure | readonly Measure[]>
    whole: string
    /** Names of sums that are told beside it. */
    parts?: (args: Arguments) => readonly string[]
  },
): Metric => {
  const metric = complete(described)
  return {
    ...metric,
    kind: 'share',
    intervalBy: 'wilson',
    change: 'difference',
    measure: (args, terms) => described.of(terms, args),
    read: (sums, _surroundings, args) =>
      unlessNobodyLasts(metric, sums, () => {
        const [numerator, denominator] = [get(sums, 'numerator'), get(sums, 'denominator')]
        const reading = shareReading(numerator, denominator, get(sums, 'pending'), described.whole, described.send)
        const parts = described.parts?.(args) ?? []
        return parts.length === 0
          ? reading
          : { ...reading, parts: Object.fromEntries(parts.map(name => [name, get(sums, name)])) }
      }),
  }
}

/** Of those first seen on a day, the share for whom something holds some days later. Wilson's interval. */
export const cohort = (
  described: Omit<Described, 'breakdown' | 'needs'> & {
    of: (args: Arguments) => Omit<CohortMeasure, 'form'>
    whole: string
  },
): Metric => ({
  ...share({
    ...described,
    needs: ['lasting_id'],
    daily: true,
    breakdown: 'cohort',
    of: (_terms, args) => ({ form: 'cohort', ...described.of(args) }),
  }),
  kind: 'cohort',
})

/** The sums a ratio of sums over clusters needs: each person is one cluster. */
export const perPersonRatio = (
  relation: SumsMeasure['relation'],
  numerator: PersonValue,
  denominator: PersonValue,
): SumsMeasure => ({
  form: 'sums',
  relation,
  perPerson: { x: numerator, y: denominator, open: most('open') },
  sums: { clusters: [], x: ['x'], y: ['y'], xx: ['x', 'x'], xy: ['x', 'y'], yy: ['y', 'y'], pending: ['open'] },
})

/** A ratio of two sums; its uncertainty is that between visitors. */
export const per = (described: Described & { of: Asked<SumsMeasure>; whole: string }): Metric => ({
  ...complete(described),
  kind: 'per',
  intervalBy: 'delta',
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

export const meanReading = (
  sums: Sums,
  scale: (amount: number) => number,
  { of, send, signed = false }: { of: string; send?: string | undefined; signed?: boolean },
): Reading => {
  const [n, x] = [get(sums, 'n'), get(sums, 'x')]
  if (n === 0) return noData(get(sums, 'pending'), of, send)
  const interval = meanInterval(n, x, get(sums, 'xx'))
  const scaled: Interval | null = interval && [scale(interval[0]), scale(interval[1])]
  return {
    value: scale(x) / n,
    numerator: scale(x),
    denominator: n,
    interval: scaled && (signed ? scaled : atLeastZero(scaled)),
    status: 'ok',
    pending: get(sums, 'pending'),
  }
}

/** A mean over units. Student's interval. */
export const mean = (
  described: Described & { of: Asked<SumsMeasure>; whole: string; scale: Scale; signed?: boolean },
): Metric => {
  const metric = complete(described)
  return {
    ...metric,
    kind: 'mean',
    intervalBy: 'student',
    change: described.unit === 'ratio' ? 'difference' : 'fraction',
    measure: (args, terms) => described.of(terms, args),
    read: (sums, surroundings) =>
      unlessNobodyLasts(metric, sums, () => {
        const scale = (amount: number): number => described.scale(amount, surroundings)
        const { whole: of, send, signed = false } = described
        const reading = meanReading(sums, scale, { of, send, signed })
        return described.money ? { ...reading, currency: surroundings.currency } : reading
      }),
  }
}

/** The middle one of the units, between order statistics. */
const medianReading = (sums: Sums, scale: (amount: number) => number, of: string): Reading => {
  const n = get(sums, 'n')
  if (n === 0) return { ...noData(0, of), numerator: null }
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
  kind: 'mean',
  intervalBy: 'student',
  change: 'fraction',
  measure: ({ statistic }) =>
    statistic === 'median'
      ? { form: 'quantile', relation: SESSIONS, column: described.column, open: 'open' }
      : meanSums(SESSIONS, described.column, 'open'),
  read: (sums, _surroundings, { statistic }) =>
    statistic === 'median'
      ? medianReading(sums, described.scale, described.whole)
      : meanReading(sums, described.scale, { of: described.whole }),
})

/** The median of a column. The interval is between order statistics. */
export const median = (
  described: Described & { of: Omit<QuantileMeasure, 'form'>; whole: string; scale: (amount: number) => number },
): Metric => ({
  ...complete(described),
  kind: 'quantile',
  intervalBy: 'order_statistics',
  change: 'fraction',
  measure: () => ({ form: 'quantile', ...described.of }),
  read: sums => medianReading(sums, described.scale, described.whole),
})

/** The mean of a number counted anew each day, over the days that have begun. Student's interval over the days. */
export const dailyMean = (described: Described): Metric => ({
  ...complete(described),
  daily: true,
  kind: 'mean',
  intervalBy: 'student',
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
    daily: true,
    kind: 'count',
    intervalBy: 'garwood',
    change: 'fraction',
    measure: () => ({ form: 'window', days: described.days }),
    read: sums =>
      unlessNobodyLasts(metric, sums, () => {
        const value = get(sums, 'lasting')
        return { value, numerator: value, denominator: null, interval: garwood(value), status: 'ok', pending: 0 }
      }),
  }
}

/** Arithmetic on sums of several relations. */
export const formula = (
  described: Described & {
    of: Asked<readonly SumsMeasure[]>
    change: Metric['change']
    intervalBy: Metric['intervalBy']
    compute: (sums: Sums, surroundings: Surroundings, args: Arguments) => Reading
  },
): Metric => {
  const metric = complete(described)
  return {
    ...metric,
    kind: 'formula',
    intervalBy: described.intervalBy,
    change: described.change,
    measure: (args, terms) => described.of(terms, args),
    read: (sums, surroundings, args) =>
      unlessNobodyLasts(metric, sums, () => described.compute(sums, surroundings, args)),
  }
}

/** How long something took, of which some was seen only up to now. Kaplan and Meier's median. */
export const duration = (described: Described & { of: Asked<Relation>; whole: string }): Metric => {
  const metric = complete(described)
  return {
    ...metric,
    kind: 'duration',
    intervalBy: 'kaplan_meier',
    change: 'fraction',
    measure: (args, terms) => ({ form: 'survival', relation: described.of(terms, args) }),
    read: sums =>
      unlessNobodyLasts(metric, sums, () => {
        const n = get(sums, 'n')
        const censored = get(sums, 'censored')
        if (n === 0) return { ...noData(0, described.whole, described.send), numerator: null }
        const { median: value, lower, upper } = sums
        const interval: Interval | null =
          lower === undefined || upper === undefined ? null : [lower / 1000, upper / 1000]
        const told = { numerator: null, denominator: n, pending: censored }
        if (value !== undefined) return { ...told, value: value / 1000, interval, status: 'ok' }
        const reason = `Less than half of the ${n} ${described.whole} are there yet.`
        return { ...told, value: null, interval: null, status: 'pending', reason }
      }),
  }
}

/** The mean over the lasting visitors of the last days of the share of those days they were active on. */
export const windowMean = (described: Described & { days: number; whole: string }): Metric => {
  const metric = complete(described)
  return {
    ...metric,
    daily: true,
    kind: 'mean',
    intervalBy: 'student',
    change: 'difference',
    measure: () => ({ form: 'window', days: described.days }),
    read: sums =>
      unlessNobodyLasts(metric, sums, () =>
        meanReading(sums, active => active / described.days, { of: described.whole }),
      ),
  }
}
