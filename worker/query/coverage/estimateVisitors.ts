import { Z } from '../../../shared/normal'
import type { Interval } from '../../../shared/question'

/** What the script recorded of the visitors with one browser, and the pages that were served to that browser. */
export interface BrowserTraffic {
  readonly visitors: number
  readonly recorded: number
  /** The variance of the recorded page views per visitor, as a mean of these visitors. */
  readonly variance: number
  readonly served: number
  /** The variance of `served`, where not every request was counted. */
  readonly servedVariance: number
}

/** With fewer visitors, the page views per visitor of a browser say too little: those of all browsers are used. */
const FEWEST_VISITORS = 30

export interface EstimatedVisitors {
  readonly value: number
  readonly interval: Interval
}

const NOTHING: BrowserTraffic = { visitors: 0, recorded: 0, variance: 0, served: 0, servedVariance: 0 }

/** Page views per visitor of two groups are weighted by their visitors. */
const together = (one: BrowserTraffic, other: BrowserTraffic): BrowserTraffic => {
  const visitors = one.visitors + other.visitors
  const varianceOfSum = one.visitors ** 2 * one.variance + other.visitors ** 2 * other.variance
  return {
    visitors,
    recorded: one.recorded + other.recorded,
    variance: visitors === 0 ? 0 : varianceOfSum / visitors ** 2,
    served: one.served + other.served,
    servedVariance: one.servedVariance + other.servedVariance,
  }
}

export const joinTraffic = (parts: readonly BrowserTraffic[]): BrowserTraffic => parts.reduce(together, NOTHING)

interface Estimate {
  readonly value: number
  readonly variance: number
}

/**
 * Pages served by page views per visitor. The recorded visitors are a sample of all, whose error shrinks to 0 as they become
 * all of them.
 */
const estimateOf = ({ visitors, served, servedVariance }: BrowserTraffic, sample: BrowserTraffic): Estimate => {
  const each = sample.recorded / sample.visitors
  const value = served / each
  if (value <= visitors) return { value: visitors, variance: 0 }
  const unseen = 1 - visitors / value
  const relative = (sample.variance / each ** 2) * unseen + servedVariance / served ** 2
  return { value, variance: value ** 2 * relative }
}

/**
 * The visitors of a site with those whose script did not run, by browser; `null` where no page view was recorded. See
 * docs/metrics.md for what this assumes.
 */
export const estimateVisitors = (browsers: readonly BrowserTraffic[]): EstimatedVisitors | null => {
  const all = joinTraffic(browsers)
  if (all.recorded === 0 || all.visitors === 0) return null
  const isLarge = ({ visitors, recorded }: BrowserTraffic): boolean => visitors >= FEWEST_VISITORS && recorded > 0
  const small = joinTraffic(browsers.filter(one => !isLarge(one)))
  const estimates = [
    ...browsers.filter(isLarge).map(one => estimateOf(one, one)),
    ...(small.visitors + small.served > 0 ? [estimateOf(small, all)] : []),
  ]
  const value = estimates.reduce((sum, one) => sum + one.value, 0)
  const variance = estimates.reduce((sum, one) => sum + one.variance, 0)
  const factor = Math.exp((Z * Math.sqrt(variance)) / value)
  return { value, interval: [Math.max(all.visitors, value / factor), value * factor] }
}
