/** What a site counts as met: an event with this name, a page view of a page that fits, a use of this feature. */
export type Rule = EventRule | PageRule | FeatureRule

export interface EventRule {
  /** An event's name. */
  readonly event: string
}

export interface PageRule {
  /** A path; `*` stands for any run of characters. */
  readonly page: string
}

export interface FeatureRule {
  /** The `feature` of a feature_used. */
  readonly feature: string
}

export const PURCHASE_SETTINGS = ['all', 'server'] as const
export type PurchaseSetting = (typeof PURCHASE_SETTINGS)[number]

/** What a site decides for itself. It is applied when a question is asked, so that a change counts for the past too. */
export interface SiteSettings {
  /** Hosts, besides the domain and those below it, whose pages may send beacons. */
  readonly hostnames: readonly string[]
  /** Conversions besides those of the event table. */
  readonly conversions: readonly Rule[]
  /** What shows that somebody who signed up got value out of the product. */
  readonly value_event: Rule | null
  /** What makes a trial a product-qualified lead: each rule, so many times. */
  readonly product_qualified: readonly (Rule & { readonly times: number })[]
  /** The features of the product, by the name they are shown under. */
  readonly features: readonly (Rule & { readonly name: string })[]
  /** Whose money counts: everybody's, or what a write key sent and nothing else. */
  readonly purchases: PurchaseSetting
  /** Whether browsers may send refunds, and changes and cancellations of subscriptions. */
  readonly browser_money: boolean
  /** After how many months facts are removed, while their sums stay; `null` for never. */
  readonly retention_months: number | null
  /** Most bytes of beacons that are taken from browsers in a UTC day. */
  readonly daily_bytes: number
}

/** The settings of a site that has none. */
export const EMPTY_SETTINGS: SiteSettings = {
  hostnames: [],
  conversions: [],
  value_event: null,
  product_qualified: [],
  features: [],
  purchases: 'all',
  browser_money: false,
  retention_months: null,
  // A million page views. If strangers sent as much each day, they would take three weeks to fill a database.
  daily_bytes: 500_000_000,
}
