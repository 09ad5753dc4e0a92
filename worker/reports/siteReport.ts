import type { ClearChange } from '../../shared/changes'
import type { DateRange, MetricValue } from '../../shared/question'
import type { ReportInterval } from '../../shared/settings'
import type { Metric } from '../metrics/metric'

/** A metric of the whole site, compared with the period before. */
export interface ReportFigure {
  readonly metric: string
  readonly name: string
  readonly unit: Metric['unit']
  /** The scale of its change. */
  readonly change: Metric['change']
  readonly better: Metric['better']
  readonly value: MetricValue
}

/** A figure that the data is too small for. */
export interface UndecidedFigure {
  readonly metric: string
  readonly name: string
  /** The value has a wide interval, or its change might be chance. */
  readonly what: 'value' | 'change'
  /** Sessions of a period from which on it could be said; `null` if the difference is too small to expect an answer. */
  readonly sessions: number | null
}

export interface ReportExclusion {
  readonly reason: string
  readonly title: string
  readonly count: number
}

/** What is known of the limits that the site has. */
export interface ReportPlan {
  /** Bytes of beacons on the last UTC day with any, of those that the site takes in a day. */
  readonly bytes: { readonly day: string; readonly used: number; readonly limit: number } | null
}

/** What a report says, whatever it is rendered as. */
export interface SiteReport {
  readonly site: { readonly domain: string; readonly name: string; readonly timezone: string }
  readonly every: ReportInterval
  readonly period: DateRange
  readonly compared: DateRange
  readonly figures: readonly ReportFigure[]
  /** Significant changes of groups, and how many groups were tested. */
  readonly moved: { readonly tested: number; readonly changes: readonly ClearChange[] }
  readonly undecided: readonly UndecidedFigure[]
  /** Days without a page view where some were all but certain. */
  readonly silent: readonly DateRange[]
  readonly excluded: readonly ReportExclusion[]
  readonly plan: ReportPlan
  readonly warnings: readonly string[]
}
