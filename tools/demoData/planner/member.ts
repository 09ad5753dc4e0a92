import { type Calendar, DAY, DAYS } from '../calendar.ts'
import type { Dice } from '../dice.ts'
import { FORM, LANDING } from '../pageTypes.ts'
import type { DemoPerson } from '../person.ts'
import { returnDays } from '../returnDays.ts'
import { type DemoEvent, type DemoParameters, DemoSession } from '../session.ts'
import type { TrafficSource } from '../world.ts'
import { createRoute, type Experience, useApp } from './app.ts'
import { type Run, showGuide, UPGRADE, WELCOME } from './guides.ts'
import { readAbout } from './marketing.ts'
import { choosePlan, type Plan, Subscription, TEAM } from './subscription.ts'
import { PLANNER_WORLD } from './world.ts'

const TRIAL_DAYS = 14

/** The chance of a first route, by what became of the welcome guide. */
const ACTIVATION: Readonly<Record<Run, number>> = { completed: 0.84, stopped: 0.58, unseen: 0.5 }

/** Chance of a session on the next day and its decline, of those who use the app and those who do not. */
const HABITS = { subscriber: [0.42, 0.08], active: [0.46, 0.36], idle: [0.16, 0.8] } as const

/** Everything one visitor of the planner does. */
export class Member {
  readonly events: DemoEvent[] = []
  readonly #person: DemoPerson
  readonly #dice: Dice
  readonly #calendar: Calendar
  readonly #userId: string
  readonly #experience: Experience = { isActive: false, hasRoutes: false, hasSeenMap: false }
  #isMember = false
  #hasAnswered = false
  #wantsUpgrade = false

  constructor(person: DemoPerson, calendar: Calendar, dice: Dice) {
    this.#person = person
    this.#calendar = calendar
    this.#dice = dice
    this.#userId = `user-${person.number}`
  }

  /** Visits first on a day, then returns to the public pages until an account is created. */
  live(day: number): void {
    const dice = this.#dice
    this.visit(day, this.#calendar.momentOf(day, dice), this.#person.source)
    for (const next of returnDays(day, 0.08, 0.68, dice)) {
      if (this.#isMember) return
      this.visit(next, this.#calendar.momentOf(next, dice), dice.chance(0.5) ? null : this.#person.source)
    }
  }

  /** One session to the public pages, and all that follows from it. */
  visit(day: number, time: number, source: TrafficSource | null): void {
    const session = this.#begin(time, source)
    const outcome = readAbout(session, this.#person.source.intent)
    if (outcome === 'signed_up') this.#signUp(session)
    if (outcome === 'lead') session.identify(this.#userId)
    this.events.push(...session.events)
    if (outcome === 'lead') this.#sell(day, session.time)
    if (outcome === 'signed_up') this.#use(day, session)
  }

  #begin(time: number, source: TrafficSource | null): DemoSession {
    const userId = this.#isMember ? this.#userId : undefined
    return new DemoSession(PLANNER_WORLD.host, this.#person, this.#dice, time, source, userId)
  }

  #signUp(session: DemoSession): void {
    const dice = this.#dice
    this.#isMember = true
    session.identify(this.#userId)
    session.click(
      'sign_up',
      {
        method: dice.weighted([
          ['email', 6],
          ['google', 4],
        ]),
      },
      22,
    )
    session.view('/app', FORM)
    const run = dice.chance(0.76) ? showGuide(session, WELCOME) : 'unseen'
    this.#experience.isActive = dice.chance(ACTIVATION[run])
    if (this.#experience.isActive && dice.chance(0.5)) createRoute(session, this.#experience)
    if (dice.chance(this.#experience.isActive ? 0.82 : 0.45)) session.click('trial_start', { plan: 'pro' }, 12)
  }

  /** Uses the app after signing up, and pays when the trial is over or does not. */
  #use(day: number, first: DemoSession): void {
    const isTrial = first.events.some(({ name }) => name === 'trial_start')
    // Most decide when the trial is about to end, some before or after.
    const end = isTrial ? day + Math.round(this.#dice.around(TRIAL_DAYS, 0.25)) : DAYS
    this.#useOn(this.#habit(day, this.#experience.isActive ? 'active' : 'idle', end), end - 4)
    if (isTrial && this.#dice.chance(this.#buyChance())) this.#subscribe(end)
    else if (end < DAYS) this.#useOn(this.#habit(end, 'idle', DAYS), DAYS)
  }

  #buyChance(): number {
    if (!this.#experience.hasRoutes) return 0.1
    return this.#wantsUpgrade ? 0.75 : 0.44
  }

  #habit(from: number, habit: keyof typeof HABITS, to: number): number[] {
    const [nextDay, decline] = HABITS[habit]
    return returnDays(from, nextDay, decline, this.#dice).filter(day => day < to)
  }

  /** @param upgradeFrom the day from which the app suggests to upgrade, once */
  #useOn(days: readonly number[], upgradeFrom: number): void {
    let suggests = true
    for (const day of days) {
      // Weekends are quieter.
      if (!this.#dice.chance(Math.min(1, this.#calendar.busyness(day) / 1.5))) continue
      const session = this.#begin(this.#calendar.momentOf(day, this.#dice), null)
      const mayAnswer = !this.#hasAnswered && this.#experience.hasRoutes
      this.#hasAnswered = useApp(session, this.#experience, mayAnswer) || this.#hasAnswered
      if (suggests && day >= upgradeFrom) {
        suggests = false
        this.#wantsUpgrade = showGuide(session, UPGRADE) === 'completed'
      }
      this.events.push(...session.events)
    }
  }

  /** Pays on the billing page, then uses the app until the subscription ends. */
  #subscribe(day: number): void {
    if (day >= DAYS) return
    const dice = this.#dice
    const session = this.#begin(this.#calendar.momentOf(day, dice), null)
    session.view('/app/billing', FORM)
    this.events.push(...session.events)
    this.#pay(day, session.time, choosePlan(dice))
  }

  #pay(day: number, time: number, plan: Plan): void {
    const { events, cancelled } = new Subscription(this.#userId, time, this.#calendar.end, plan, this.#dice)
    this.events.push(...events)
    const end = cancelled === null ? DAYS : Math.floor((cancelled - this.#calendar.first) / DAY)
    this.#useOn(this.#habit(day, 'subscriber', end), DAYS)
  }

  /** Sales calls a lead: some qualify, some of those buy for their team. */
  #sell(day: number, asked: number): void {
    const dice = this.#dice
    const called = asked + dice.between(1, 6) * DAY
    if (!dice.chance(0.55)) return
    this.#report('lead_qualified', called)
    if (!dice.chance(0.42)) return
    this.#isMember = true
    this.#experience.isActive = true
    const after = Math.ceil(dice.between(8, 24))
    if (day + after < DAYS) this.#pay(day + after, asked + after * DAY, TEAM)
  }

  #report(name: string, time: number, fields: DemoParameters = {}): void {
    this.events.push({ name, time: Math.round(time), user_id: this.#userId, interactive: false, ...fields })
  }

  /** A look at the pricing page just now. */
  lookIn(time: number): void {
    const session = this.#begin(time, this.#person.source)
    session.view('/', LANDING).view('/pricing', LANDING)
    this.events.push(...session.events)
  }
}
