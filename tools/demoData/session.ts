import type { Dice } from './dice.ts'
import type { PageType } from './pageTypes.ts'
import type { DemoPerson } from './person.ts'
import type { TrafficSource } from './world.ts'

/** An event as `POST /api/v1/events` takes it. */
export interface DemoEvent {
  readonly name: string
  /** Epoch milliseconds. */
  readonly time: number
  readonly [field: string]: unknown
}

export type DemoParameters = Readonly<Record<string, unknown>>

/** Share of page changes made by a click on the page, and not by the address bar or the back button. */
const BY_CLICK = 0.9

/** One simulated session, recorded as it happens: every step takes its time. */
export class DemoSession {
  readonly person: DemoPerson
  readonly dice: Dice
  readonly #events: DemoEvent[] = []
  readonly #host: string
  readonly #source: TrafficSource | null
  #userId: string | null
  #time: number
  #path = '/'
  #page: { clicks: number } | null = null

  /** @param source how the visitor came; null for one who typed the address */
  constructor(
    host: string,
    person: DemoPerson,
    dice: Dice,
    start: number,
    source: TrafficSource | null,
    userId?: string,
  ) {
    this.#host = host
    this.person = person
    this.dice = dice
    this.#time = start
    this.#source = source
    this.#userId = userId ?? null
  }

  get time(): number {
    return this.#time
  }

  get events(): readonly DemoEvent[] {
    return this.#events
  }

  /** The visitor signed in: later events carry the user. */
  identify(userId: string): void {
    this.#userId = userId
  }

  /** Opens a page and reads it. */
  view(path: string, { seconds, depth, clicks }: PageType): this {
    const isLanding = this.#page === null
    if (this.#page && this.dice.chance(BY_CLICK)) this.#page.clicks++
    const engaged = Math.max(1, Math.round(this.dice.around(seconds)))
    const query = isLanding && this.#source?.query ? `?${this.#source.query}` : ''
    this.#path = path
    this.#page = this.#add('page_view', {
      url: `https://${this.#host}${path}${query}`,
      engaged_seconds: engaged,
      scroll_depth: Math.min(100, Math.round(this.dice.around(depth, 0.28))),
      clicks: this.dice.count(clicks),
      // From the time on the page, so that they draw no random numbers.
      lcp: 0.8 + (engaged % 23) / 7,
      inp: 0.04 + (engaged % 17) / 50,
      cls: (engaged % 13) / 60,
      ...(isLanding && { referrer: this.#source?.referrer ?? '' }),
    })
    this.#time += engaged * 1000
    return this
  }

  /** Sends an event of the open page, by a click on it. */
  click(name: string, parameters: DemoParameters = {}, seconds = 4): this {
    if (this.#page) this.#page.clicks++
    return this.send(name, parameters, seconds)
  }

  /** Sends an event that the open page triggers itself. */
  send(name: string, parameters: DemoParameters = {}, seconds = 1): this {
    this.#time += Math.round(this.dice.around(seconds) * 1000)
    this.#add(name, { url: `https://${this.#host}${this.#path}`, ...parameters })
    return this
  }

  #add<T extends DemoParameters>(name: string, fields: T) {
    const user = this.#userId === null ? {} : { user_id: this.#userId }
    const event = { name, time: Math.round(this.#time), ...this.person.traits, ...user, ...fields }
    this.#events.push(event)
    return event
  }
}
