/** How visitors typically read one kind of page. */
export interface PageType {
  /** Median visible seconds. */
  readonly seconds: number
  /** Median share of the page that is seen, in percent. */
  readonly depth: number
  /** Mean clicks that lead nowhere: menus, galleries, size pickers. */
  readonly clicks: number
}

/** The same page for a visitor who leaves at once. */
export const glanced = ({ seconds, depth }: PageType): PageType => ({
  seconds: Math.min(7, seconds),
  depth: depth * 0.6,
  clicks: 0.05,
})

export const HOME: PageType = { seconds: 16, depth: 58, clicks: 0.4 }
export const LIST: PageType = { seconds: 19, depth: 72, clicks: 0.5 }
export const PRODUCT: PageType = { seconds: 31, depth: 55, clicks: 0.9 }
export const ARTICLE: PageType = { seconds: 74, depth: 47, clicks: 0.1 }
export const CART: PageType = { seconds: 18, depth: 86, clicks: 0.6 }
export const FORM: PageType = { seconds: 46, depth: 90, clicks: 2.2 }
export const RECEIPT: PageType = { seconds: 14, depth: 80, clicks: 0.1 }
export const LANDING: PageType = { seconds: 34, depth: 51, clicks: 0.4 }
export const APP: PageType = { seconds: 85, depth: 93, clicks: 4.5 }
