import type { Dice } from './dice.ts'
import type { Person } from './people.ts'
import { DOMAIN, type Source } from './world.ts'

/** An event as `POST /api/v1/events` takes it. */
export interface DemoEvent {
  readonly name: string
  /** Epoch milliseconds. */
  readonly time: number
  readonly url?: string
  readonly [field: string]: unknown
}

/** One visit as it goes along: each thing that happens takes its time. */
export class Visit {
  readonly events: DemoEvent[] = []
  readonly person: Person
  readonly dice: Dice
  /** Where they come from; nowhere for who typed the address. */
  readonly #source: Source | null
  #user: string | null
  #time: number
  #path = '/'

  constructor(person: Person, dice: Dice, start: number, source: Source | null, user: string | null = null) {
    this.person = person
    this.dice = dice
    this.#time = start
    this.#source = source
    this.#user = user
  }

  get time(): number {
    return this.#time
  }

  /** From here on who this is is known. */
  identify(user: string): void {
    this.#user = user
  }

  /** Looks at a page for some time. */
  look(path: string, seconds: number): this {
    const isFirst = this.events.length === 0
    const seen = Math.round(this.dice.around(seconds))
    const query = isFirst && this.#source?.query ? `?${this.#source.query}` : ''
    this.#path = path
    this.#add('page_view', {
      url: `https://${DOMAIN}${path}${query}`,
      engaged_seconds: seen,
      // What begins a visit says so, also of one from nowhere.
      ...(isFirst && { referrer: this.#source?.referrer ?? '' }),
    })
    this.#time += seen * 1000
    return this
  }

  /** Does something on the page that is open. */
  act(name: string, parameters: Readonly<Record<string, unknown>> = {}, seconds = 4): this {
    this.#time += Math.round(this.dice.around(seconds) * 1000)
    this.#add(name, { url: `https://${DOMAIN}${this.#path}`, ...parameters })
    return this
  }

  #add(name: string, fields: Readonly<Record<string, unknown>>): void {
    const user = this.#user === null ? {} : { user_id: this.#user }
    this.events.push({ name, time: this.#time, ...this.person.traits, ...user, ...fields })
  }
}
