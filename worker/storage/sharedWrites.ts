import type { FactRow, IdentityLink } from './factRow'
import { isDailyQuotaExceeded } from './isDailyQuotaExceeded'
import { isTooBusy } from './isTooBusy'

/** What one beacon stores. */
export interface FactWrite {
  readonly facts: readonly FactRow[]
  readonly links: readonly IdentityLink[]
}

type Store = (all: FactWrite) => Promise<unknown>

/** What became of a write that waits: another has stored it, or tried to and failed, or it must be stored by itself. */
type Outcome = 'stored' | 'alone' | { readonly error: unknown }

interface Waiting {
  readonly write: FactWrite
  /** The shared write that stores it, once there is one. */
  carrier: FactWrite | null
  outcome: Outcome | null
}

/** Page views and events in one write: as many as two full beacons hold. */
const MOST = 100
/**
 * Writes of one site that an isolate stores at a time. A beacon that waits looks repeatedly whether it is stored, which costs
 * more than a call as long as the database has time: with six, sixteen beacons at a time take a fifth longer.
 */
const AT_A_TIME = 16
/** Milliseconds that one may be at work before another takes over: its request may have been cancelled. */
const PATIENCE = 2_000
/** Milliseconds between two looks at what became of a write: twice as many each time, up to the second. */
const PAUSES = [1, 4] as const

const pause = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds))

/** Whether the same statements fail again when they are tried at once. */
const failsAgain = (error: unknown): boolean => isTooBusy(error) || isDailyQuotaExceeded(error)

const together = (writes: readonly FactWrite[]): FactWrite => ({
  facts: writes.flatMap(({ facts }) => facts),
  links: writes.flatMap(({ links }) => links),
})

/**
 * The visitors of records that are on their way to the database. A record under two visitor ids was sent again from another
 * address, and is recognized as a duplicate only when the first is stored before it.
 */
class Visitors {
  readonly #byRecord = new Map<number, number>()

  add({ facts }: FactWrite): void {
    for (const { id, visitor } of facts) this.#byRecord.set(id, visitor)
  }

  /** Whether no record of a write is on its way under another visitor. */
  allow({ facts }: FactWrite): boolean {
    return facts.every(({ id, visitor }) => (this.#byRecord.get(id) ?? visitor) === visitor)
  }
}

/**
 * A few writes of beacons are stored side by side. Those that arrive meanwhile wait, and then share one, so that a busy site
 * costs the database fewer calls. Each beacon is answered once its own is stored.
 *
 * They look whether they are stored, as on Cloudflare a request must not wait for a promise of another.
 * @see https://developers.cloudflare.com/workers/observability/errors/#the-script-will-never-generate-a-response-errors
 */
export class SharedWrites {
  #waiting: Waiting[] = []
  readonly #inFlight = new Set<FactWrite>()
  readonly #atATime: number

  constructor(atATime = AT_A_TIME) {
    this.#atATime = atATime
  }

  /** @param store stores all facts and links that it is given, or throws and stores none */
  async run(write: FactWrite, store: Store): Promise<void> {
    if (this.#mustWait(write, this.#waiting)) {
      const outcome = await this.#wait(write)
      if (outcome === 'stored') return
      if (outcome === 'alone') return void (await store(write))
      if (outcome) throw outcome.error
    }
    const others = this.#takeOthers(write)
    const all = others.length === 0 ? write : together([write, ...others.map(other => other.write)])
    this.#inFlight.add(all)
    for (const other of others) other.carrier = all
    try {
      await store(all)
      for (const other of others) other.outcome = 'stored'
    } catch (error) {
      await this.#storeAgain(write, others, error, store)
    } finally {
      this.#inFlight.delete(all)
    }
  }

  /** After a write failed. One of those that shared it may be at fault: each for itself. */
  async #storeAgain(write: FactWrite, others: readonly Waiting[], error: unknown, store: Store): Promise<void> {
    const isFinal = others.length === 0 || failsAgain(error)
    for (const other of others) other.outcome = isFinal ? { error } : 'alone'
    if (isFinal) throw error
    await store(write)
  }

  /** @param ahead those that wait and go first */
  #mustWait(write: FactWrite, ahead: readonly Waiting[]): boolean {
    if (this.#inFlight.size >= this.#atATime) return true
    if (this.#inFlight.size === 0 && ahead.length === 0) return false
    const visitors = this.#visitorsInFlight()
    for (const other of ahead) visitors.add(other.write)
    return !visitors.allow(write)
  }

  #visitorsInFlight(): Visitors {
    const visitors = new Visitors()
    for (const write of this.#inFlight) visitors.add(write)
    return visitors
  }

  /** Waits until another has stored a write, or for its turn to be stored, `null`. */
  async #wait(write: FactWrite): Promise<Outcome | null> {
    const waiting: Waiting = { write, carrier: null, outcome: null }
    this.#waiting.push(waiting)
    const oldest = (): FactWrite | undefined => this.#inFlight.values().next().value
    const isBehind = (): boolean => {
      if (waiting.carrier) {
        if (this.#inFlight.has(waiting.carrier)) return true
        // Its request is gone. In line again, so that all that it carried are not stored at once.
        waiting.carrier = null
        this.#waiting.push(waiting)
      }
      return this.#mustWait(write, this.#waiting.slice(0, this.#waiting.indexOf(waiting)))
    }
    let current = oldest()
    let next: number = PAUSES[0]
    let waited = 0
    while (!waiting.outcome && isBehind()) {
      await pause(next)
      waited = oldest() === current ? waited + next : 0
      current = oldest()
      next = Math.min(next * 2, PAUSES[1])
      if (waited >= PATIENCE) this.#inFlight.clear()
    }
    this.#waiting = this.#waiting.filter(other => other !== waiting)
    return waiting.outcome
  }

  /** Those that wait longest and can be stored with a write. */
  #takeOthers(write: FactWrite): Waiting[] {
    if (this.#waiting.length === 0) return []
    const visitors = this.#visitorsInFlight()
    visitors.add(write)
    let count = write.facts.length
    const end = this.#waiting.findIndex(waiting => {
      if (count + waiting.write.facts.length > MOST || !visitors.allow(waiting.write)) return true
      count += waiting.write.facts.length
      visitors.add(waiting.write)
      return false
    })
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : end)
  }
}
