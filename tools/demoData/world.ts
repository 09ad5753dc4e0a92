import type { Browser } from './browsers.ts'
import type { DemoCity } from './city.ts'

/** A way visitors find the site. */
export interface TrafficSource {
  readonly weight: number
  readonly referrer?: string
  /** The query string of the landing page. */
  readonly query?: string
  /** How likely its visitors are to act, compared with the average of 1. */
  readonly intent: number
  /** The part of the demo's days, from 0 to 1, in which a campaign ran; absent: all of them. */
  readonly active?: readonly [from: number, to: number]
}

/** Everything random visitors of one site are drawn from. */
export interface World {
  readonly host: string
  readonly cities: readonly (readonly [DemoCity, weight: number])[]
  readonly devices: readonly (readonly [Browser['device'], weight: number])[]
  readonly sources: readonly TrafficSource[]
  /** Share of each hour of the site's day. */
  readonly hours: readonly number[]
  /** Share of each day of the week, from Sunday on. */
  readonly weekdays: readonly number[]
  /** New visitors on an average first day. */
  readonly newVisitors: number
  /** How many times the traffic of the first day the last day has. */
  readonly growth: number
}
