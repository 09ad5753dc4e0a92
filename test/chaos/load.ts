import type { Random } from '../oracle/random.ts'
import { ADMIN_TOKEN } from './server.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const BROWSERS = 12
const ORIGIN = 'http://localhost'

/** The request and the unique mark that identifies it in the tables. */
export interface Message {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Built on sending, as a beacon holds the current time. */
  readonly body: () => string
  readonly marks: readonly string[]
  /** Visible milliseconds of a page view. */
  readonly seen: { readonly mark: string; readonly milliseconds: number } | null
}

interface View {
  readonly record: { readonly i: number; readonly t: number; readonly u: string }
  readonly browser: number
  readonly mark: string
}

const agent = (browser: number): string =>
  `Mozilla/5.0 (X11; Linux x86_64; rv:${120 + browser}.0) Gecko/20100101 Firefox/${120 + browser}.0`

const beacon = (browser: number, records: readonly object[]) => ({
  path: '/v1/e',
  headers: {
    'content-type': 'text/plain',
    'user-agent': agent(browser),
    'cf-connecting-ip': `192.0.2.${browser}`,
    origin: ORIGIN,
  },
  body: () => JSON.stringify({ v: 1, s: 'localhost', n: Date.now(), e: records }),
})

const batch = (events: readonly object[]) => ({
  path: '/api/v1/events?site=localhost',
  headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
  body: () => JSON.stringify({ events }),
})

/** Visitors whose actions are numbered: page views by address, events by a property, orders by their id. */
export class Load {
  #last = 0
  readonly #views: View[] = []
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  #number(): number {
    this.#last += 1
    return this.#last
  }

  #begin(): Message {
    const browser = this.#random.below(BROWSERS)
    const n = this.#number()
    const view: View = {
      record: { i: n, t: Date.now(), u: `${ORIGIN}/v/${n}` },
      browser,
      mark: `view ${n}`,
    }
    this.#views.push(view)
    const records: object[] = [view.record]
    const marks = [view.mark]
    for (let more = this.#random.below(3); more > 0; more--) {
      const event = this.#number()
      records.push({ ...view.record, i: event, k: 'goal', o: { n: event } })
      marks.push(`event ${event}`)
    }
    return { ...beacon(browser, records), marks, seen: null }
  }

  #leave(): Message {
    const view = this.#views[this.#random.below(this.#views.length)]
    if (!view) return this.#begin()
    const milliseconds = 1 + this.#random.below(50_000)
    const record = { ...view.record, m: milliseconds, d: 50, c: 1 }
    return { ...beacon(view.browser, [record]), marks: [view.mark], seen: { mark: view.mark, milliseconds } }
  }

  #event(time: number): [mark: string, event: object] {
    const n = this.#number()
    const common = { id: `e${n}`, time, visitor_id: `v${this.#random.below(40)}` }
    const url = `${ORIGIN}/v/${n}`
    const kind = this.#random.below(4)
    if (kind === 0) return [`order ${n}`, { ...common, name: 'purchase', transaction_id: `T${n}`, value: 1 }]
    if (kind === 1) return [`event ${n}`, { ...common, name: 'goal', properties: { n } }]
    return [`view ${n}`, { ...common, name: 'page_view', url, engaged_seconds: this.#random.below(4_000) }]
  }

  #history(): Message {
    const start = Date.now() - this.#random.below(20) * DAY
    const events = Array.from({ length: 1 + this.#random.below(30) }, () =>
      this.#event(start - this.#random.below(5 * HOUR)),
    )
    return { ...batch(events.map(([, event]) => event)), marks: events.map(([mark]) => mark), seen: null }
  }

  /** The next request of a visitor. */
  next(): Message {
    const kind = this.#random.below(10)
    if (kind < 5) return this.#begin()
    return kind < 7 ? this.#leave() : this.#history()
  }
}
