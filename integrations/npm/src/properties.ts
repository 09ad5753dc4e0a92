/** A number, or a string with a plain decimal number, such as `"40.00"`. */
export type Numeric = number | `${number}`

/** One of an event's `items`, by GA4's names. The collector ignores other fields. */
export interface Item {
  item_id?: string | number | undefined
  item_name?: string | number | undefined
  item_category?: string | number | undefined
  item_brand?: string | number | undefined
  item_variant?: string | number | undefined
  /** In major units: 12.5 is 12.50. */
  price?: Numeric | undefined
  discount?: Numeric | undefined
  /** 1 if absent. */
  quantity?: Numeric | undefined
  [field: string]: unknown
}

/** Properties of an event. Those without a meaning of their own are yours. */
export interface Properties {
  /** In major units, without tax and shipping. */
  value?: Numeric | undefined
  tax?: Numeric | undefined
  shipping?: Numeric | undefined
  /** ISO 4217, such as `"EUR"`. The site's currency if absent. */
  currency?: string | undefined
  /** Purchases with the same id are one order. */
  transaction_id?: string | number | undefined
  items?: readonly Item[] | undefined
  /** Also identifies the user. */
  user_id?: string | number | undefined
  /** `false` for an event that does not count as visitor activity. */
  interactive?: boolean | undefined
  [property: string]: string | number | boolean | null | undefined | readonly Item[]
}
