import { toMajor } from '../../lib/money'
import type { AttributableConversions } from '../../relations/attributableConversions'
import { attribution } from '../../relations/attribution'
import { ATTRIBUTION_MODELS, type AttributionModel } from '../attributionModels'
import type { GlossaryTerm } from '../glossary'
import type { Arguments, Metric, Parameter, Reading, Sums } from '../metric'
import { compoundPoisson } from '../statistics/compoundPoisson'
import { atLeastZero } from './atLeastZero'
import { get } from './get'
import type { KindOptions } from './kindOptions'

const MODEL: Parameter = {
  name: 'model',
  help: 'Divides each conversion among the sessions of its visitor in the 90 days before it. By default all of it belongs to its own session.',
  values: ATTRIBUTION_MODELS.map(({ id }) => id),
  default: null,
}

const modelOf = ({ model }: Arguments): AttributionModel | undefined =>
  ATTRIBUTION_MODELS.find(({ id }) => id === model)

/** The dimensions that credit is broken down by. */
const SPLITS: readonly string[] = ['channel', 'source', 'medium', 'campaign']

/** Removes floating-point error: three thirds add up to slightly less than 1. */
const rounded = (value: number): number => Math.round(value * 1e9) / 1e9

/** The value of a group: its credit, with the interval of a compound Poisson sum. */
const creditOf = (sums: Sums, scale: (amount: number) => number): Reading => {
  const value = rounded(scale(get(sums, 'credit')))
  const variance = scale(scale(get(sums, 'squares')))
  return {
    value,
    numerator: value,
    denominator: null,
    interval: atLeastZero(compoundPoisson(value, variance)),
    variance,
    status: 'ok',
    pending: 0,
    not_followed: get(sums, 'not_followed'),
  }
}

/** Terms of the numerator with a model. */
const TERMS: readonly GlossaryTerm[] = ['visitor', 'session']

/** The conversions that a metric counts, and its numerator when a model is given. */
export interface Attributed {
  readonly conversions: KindOptions<AttributableConversions>
  readonly numerator?: Metric['numerator']
}

/** Lets a count or an amount be divided by an attribution model, if its conversions are given. */
export const attributable = <Id extends string>(metric: Metric<Id>, of: Attributed | undefined): Metric<Id> => {
  if (!of) return metric
  const { numerator = metric.numerator } = of
  const textOf = (args: Arguments): string | null => (typeof numerator === 'function' ? numerator(args) : numerator)
  return {
    ...metric,
    parameters: [...metric.parameters, MODEL],
    numerator: args => {
      const model = modelOf(args)
      if (model) return `${textOf(args)}, each credited ${model.text}`
      return typeof metric.numerator === 'function' ? metric.numerator(args) : metric.numerator
    },
    glossary: args => {
      const own = typeof metric.glossary === 'function' ? metric.glossary(args) : metric.glossary
      return modelOf(args) ? [...own, ...TERMS] : own
    },
    allows: (args, dimension, use) => {
      if (!modelOf(args)) return metric.allows?.(args, dimension, use) ?? true
      return use === 'filter' ? dimension.level === 'session' : SPLITS.includes(dimension.id)
    },
    measure: (args, terms) => {
      const model = modelOf(args)
      if (!model) return metric.measure(args, terms)
      return {
        form: 'sums',
        relation: attribution(model, of.conversions(terms, args)),
        sums: {
          credit: 'sum(share * amount)',
          squares: 'sum(share * share * squares)',
          value: 'sum(share * worth)',
          not_followed: 'sum(conversions * (person > 0))',
        },
      }
    },
    read: (sums, context, args) => {
      const usual = metric.read(sums, context, args)
      if (!modelOf(args)) return usual
      const { currency, parts } = usual
      return {
        ...creditOf(sums, amount => (metric.money ? toMajor(amount, context.currency) : amount)),
        ...(currency !== undefined && { currency }),
        ...(parts && { parts }),
      }
    },
  }
}
