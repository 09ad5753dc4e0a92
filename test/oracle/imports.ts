/** Numbers no browser sees, as rows of days: `POST /api/v1/imports/:kind`. */
export interface Imports {
  readonly costs: readonly Cost[]
  readonly email: readonly Mailing[]
  readonly social: readonly Post[]
  readonly market: readonly MarketShare[]
  readonly ai_fetches: readonly AiFetches[]
  readonly served_pages: readonly ServedPages[]
}

interface OfDay {
  /** `YYYY-MM-DD`, a day of the site. */
  readonly day: string
}

/** The spend of a day; an empty string matches any value. */
export interface Cost extends OfDay {
  readonly channel: string
  readonly source: string
  readonly campaign: string
  readonly amount: number
  readonly currency: string
}

export interface Mailing extends OfDay {
  readonly campaign: string
  readonly delivered: number
  readonly opens: number
  readonly clicks: number
}

export interface Post extends OfDay {
  readonly source: string
  readonly campaign: string
  readonly impressions: number
  readonly engagements: number
}

export interface MarketShare extends OfDay {
  readonly market: string
  readonly own_units: number
  readonly market_units: number
  readonly own_revenue: number
  readonly market_revenue: number
  readonly currency: string
}

export interface AiFetches extends OfDay {
  readonly page: string
  readonly crawler: string
  readonly fetches: number
}

export interface ServedPages extends OfDay {
  readonly browser: string
  readonly pages: number
  readonly sampled?: number
}

export const NO_IMPORTS: Imports = {
  costs: [],
  email: [],
  social: [],
  market: [],
  ai_fetches: [],
  served_pages: [],
}
