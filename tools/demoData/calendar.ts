import type { Dice } from './dice.ts'
import type { World } from './world.ts'

export const MINUTE = 60_000
export const DAY = 86_400_000
const HOUR = 3_600_000
/** Demo sites keep Stockholm's time; an hour more or less in summer makes no difference to a simulation. */
const AHEAD_OF_UTC = HOUR

const WEEK = 7 * DAY
/** 1970-01-05, the first Monday that JavaScript counts. */
const A_MONDAY = 4 * DAY
const WEEKS = 18
/** Long enough for a month with its predecessor, for a quarter, and for leads to close within their 90 days. */
export const DAYS = WEEKS * 7

/**
 * A site's days, with its busy hours, busy weekdays and growth. They are the whole weeks up to this one, so
 * that every run simulates the same history whatever the day, and only its end differs.
 */
export class Calendar {
  /** Epoch milliseconds at which the first day begins, a Monday in the site's time. */
  readonly first: number
  /** The number of the present day, the first being 0. */
  readonly today: number
  readonly #world: World

  constructor(world: World, now: number) {
    this.#world = world
    const weeks = Math.floor((now + AHEAD_OF_UTC - A_MONDAY) / WEEK)
    this.first = (weeks - WEEKS + 1) * WEEK + A_MONDAY - AHEAD_OF_UTC
    this.today = Math.floor((now - this.first) / DAY)
  }

  /** When the last day ends. */
  get end(): number {
    return this.first + DAYS * DAY
  }

  /** How busy a day is, with 1 for an average first day. */
  busyness(day: number): number {
    const { weekdays, growth } = this.#world
    const weekday = new Date(this.first + AHEAD_OF_UTC + day * DAY).getUTCDay()
    const average = weekdays.reduce((sum, one) => sum + one, 0) / weekdays.length
    return ((weekdays[weekday] ?? average) / average) * growth ** (day / DAYS)
  }

  /** A day as imports write it: 2026-01-31. */
  dayText(day: number): string {
    return new Date(this.first + AHEAD_OF_UTC + day * DAY).toISOString().slice(0, 10)
  }

  /** A moment of a day, more likely in its busy hours. */
  momentOf(day: number, dice: Dice): number {
    const { hours } = this.#world
    const hour = dice.pick([...hours.keys()], at => hours[at] ?? 0)
    return this.first + day * DAY + hour * HOUR + dice.between(0, HOUR)
  }

  /** The number of new visitors on a day. */
  arrivals(day: number, dice: Dice): number {
    return Math.round(dice.around(this.#world.newVisitors * this.busyness(day), 0.09))
  }
}
