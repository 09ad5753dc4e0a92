import type { ValueFilter } from './question.ts'
import { DEFAULT_VERDICTS, type TrafficVerdict } from './verdicts.ts'

/** A condition on page views and events: an event's name, a page's path, or the use of a feature. */
export type Rule = EventRule | PageRule | FeatureRule

export interface EventRule {
  /** An event's name. */
  readonly event: string
}

export interface PageRule {
  /** A path; `*` matches any run of characters. */
  readonly page: string
}

export interface FeatureRule {
  /** The `feature` of a feature_used. */
  readonly feature: string
}

export interface ScrollRule {
  /** The minimum scroll depth of a page view, in percent. */
  readonly scroll: number
}

export interface SecondsRule {
  /** The minimum visible time of a page view, in seconds. */
  readonly seconds: number
}

/** A rule that reaches a goal. */
export type GoalRule = EventRule | PageRule | ScrollRule | SecondsRule

export type AnyRule = Rule | GoalRule

/** An action that visitors should take. */
export type Goal = GoalRule & {
  readonly id: string
  readonly name: string
  /** Filters that the page view or event must also pass. */
  readonly where?: readonly ValueFilter[]
  /** The value of one conversion, in the site's currency. */
  readonly value?: number
}

/** How the steps of a funnel must follow each other: with anything in between, with nothing, or in any order. */
export const FUNNEL_ORDERS = ['sequential', 'strict', 'any'] as const
export type FunnelOrder = (typeof FUNNEL_ORDERS)[number]

export const FUNNEL_SCOPES = ['visitor', 'session'] as const
export type FunnelScope = (typeof FUNNEL_SCOPES)[number]

/** Days. The shortest is a minute. */
export const SHORTEST_WINDOW = 1 / 1440
export const USUAL_WINDOW = 30
export const LONGEST_WINDOW = 365

export type FunnelStep = (EventRule | PageRule) & {
  readonly name: string
  /** Filters that the page view or event must also pass. */
  readonly where?: readonly ValueFilter[]
}

/** A sequence of steps that visitors should take. */
export interface Funnel {
  readonly id: string
  readonly name: string
  readonly steps: readonly FunnelStep[]
  readonly order: FunnelOrder
  /** The maximum number of days from the first step to the last. */
  readonly window: number
  /** Whether a visitor takes all steps, in any number of sessions, or one session contains them all. */
  readonly scope: FunnelScope
}

export const PURCHASE_SETTINGS = ['all', 'server'] as const
export type PurchaseSetting = (typeof PURCHASE_SETTINGS)[number]

export const GPC_SETTINGS = ['count', 'drop'] as const
export type GpcSetting = (typeof GPC_SETTINGS)[number]

/** The criteria by which a site can filter traffic out. */
export const FILTERED_BY = ['ip', 'country', 'hostname', 'page', 'browser', 'visitor'] as const
export type FilteredBy = (typeof FILTERED_BY)[number]

/** A filter on page views and events that are kept apart from those of people. */
export interface FilterOut {
  readonly what: FilteredBy
  readonly is: string
}

/** Saved filters, which queries apply by their id. */
export interface SavedSegment {
  readonly id: string
  readonly name: string
  /** As in a query. All must pass, and none is a segment. */
  readonly filters: readonly unknown[]
}

/** A note on a day, which charts show. */
export interface Annotation {
  /** A local day as `YYYY-MM-DD`. */
  readonly day: string
  readonly text: string
}

export const REPORT_INTERVALS = ['week', 'month'] as const
export type ReportInterval = (typeof REPORT_INTERVALS)[number]

export const DELIVERY_KINDS = ['email', 'slack', 'webhook'] as const
export type DeliveryKind = (typeof DELIVERY_KINDS)[number]

/** Where reports and alarms go. */
export interface Recipient {
  readonly kind: DeliveryKind
  /** An email address, or an https address. Whoever knows an address of Slack or a webhook can post to it. */
  readonly to: string
}

/** A report that is sent after each week or month. */
export interface ScheduledReport extends Recipient {
  readonly every: ReportInterval
}

export const ALARM_KINDS = ['tracking_silent', 'changed', 'quota'] as const
export type AlarmKind = (typeof ALARM_KINDS)[number]

/** The time in which an alarm without a cause may be expected once. */
export const FALSE_ALARM_RATES = ['month', 'quarter', 'year'] as const
export type FalseAlarmRate = (typeof FALSE_ALARM_RATES)[number]

/** Which alarms are on, where they go, and how rarely they may be wrong. */
export interface AlarmSettings extends Recipient, Readonly<Record<AlarmKind, boolean>> {
  readonly false_alarms: FalseAlarmRate
}

/** Settings of a site. Queries apply them, so that a change also counts for the past. */
export interface SiteSettings {
  /** Hosts whose pages may send beacons, besides the domain and its subdomains. */
  readonly hostnames: readonly string[]
  /** Conversions besides those of shared/events.ts. */
  readonly conversions: readonly Rule[]
  /** Events, pages and features that show a user got value from the product. */
  readonly value_event: Rule | null
  /** Rules that a trial must all meet, each so many times, to be a product-qualified lead. */
  readonly product_qualified: readonly (Rule & { readonly times: number })[]
  /** Features of the product, with their display names. */
  readonly features: readonly (Rule & { readonly name: string })[]
  readonly segments: readonly SavedSegment[]
  /** In the order of their days. */
  readonly annotations: readonly Annotation[]
  /** Page views and events that are kept apart from those of people. */
  readonly filters_out: readonly FilterOut[]
  /** Verdicts whose traffic is excluded from every answer. */
  readonly excluded_verdicts: readonly TrafficVerdict[]
  /** Names of query parameters that are part of a page's path; all others are cut off. */
  readonly kept_parameters: readonly string[]
  readonly goals: readonly Goal[]
  readonly funnels: readonly Funnel[]
  /** Which purchases count: all, or only those that a write key sent. */
  readonly purchases: PurchaseSetting
  /** True if browsers may send refunds, subscription changes and cancellations. */
  readonly browser_money: boolean
  /** `count` counts visitors with Global Privacy Control for the day; `drop` makes the collector ignore them. */
  readonly gpc: GpcSetting
  /** Months after which raw events are deleted, while their rollups stay; `null` for never. */
  readonly retention_months: number | null
  /** Limit on the bytes of beacons from browsers in a UTC day. */
  readonly daily_bytes: number
  readonly reports: readonly ScheduledReport[]
  readonly alarms: AlarmSettings | null
}

/** The settings of a site that has none. */
export const EMPTY_SETTINGS: SiteSettings = {
  hostnames: [],
  conversions: [],
  value_event: null,
  product_qualified: [],
  features: [],
  segments: [],
  annotations: [],
  filters_out: [],
  excluded_verdicts: DEFAULT_VERDICTS,
  kept_parameters: [],
  goals: [],
  funnels: [],
  purchases: 'all',
  browser_money: false,
  gpc: 'count',
  retention_months: null,
  // 1 million page views. At this rate it takes three weeks to fill a database with false ones.
  daily_bytes: 500_000_000,
  reports: [],
  alarms: null,
}
