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
  outcome: Outcome | null
}

/** Page views and events in one write: as many as two full beacons hold. */
const MOST = 100
/** Milliseconds that one may be at work before another takes over: its request may have been cancelled. */
const PATIENCE = 2_000
/** Milliseconds between two looks at what became of a write: twice as many each time, up to the second. */
const PAUSES = [1, 4] as const

const pause = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds))

/** Whether the same statements fail again when they are tried at once. */
const failsAgain = (error: unknown): boolean => isTooBusy(error) || isDailyQuotaExceeded(error)

/**
 * Writes of beacons that arrive while another is being stored wait, and then share one, so that a busy site costs the
 * database fewer calls. Each beacon is answered once its own is stored.
 *
 * They look whether they are stored, as on Cloudflare a request must not wait for a promise of another.
 * @see https://developers.cloudflare.com/workers/observability/errors/#the-script-will-never-generate-a-response-errors
 */
export class SharedWrites {
  #waiting: Waiting[] = []
  /** The write that is being stored, `null` while none is. */
  #current: FactWrite | null = null

  /** @param store stores all facts and links that it is given, or throws and stores none */
  async run(write: FactWrite, store: Store): Promise<void> {
    if (this.#current) {
      const outcome = await this.#wait(write)
      if (outcome === 'stored') return
      if (outcome === 'alone') return void (await store(write))
      if (outcome) throw outcome.error
    }
    this.#current = write
    try {
      await this.#storeWithOthers(write, store)
    } finally {
      if (this.#current === write) this.#current = null
    }
  }

  /** Waits until another has stored a write, or for its turn to be stored, `null`. */
  async #wait(write: FactWrite): Promise<Outcome | null> {
    const waiting: Waiting = { write, outcome: null }
    this.#waiting.push(waiting)
    let current = this.#current
    let next: number = PAUSES[0]
    let waited = 0
    while (!waiting.outcome && this.#current && waited < PATIENCE) {
      await pause(next)
      waited = this.#current === current ? waited + next : 0
      current = this.#current
      next = Math.min(next * 2, PAUSES[1])
    }
    this.#waiting = this.#waiting.filter(other => other !== waiting)
    return waiting.outcome
  }

  async #storeWithOthers(write: FactWrite, store: Store): Promise<void> {
    const others = this.#takeOthers(write)
    if (others.length === 0) return void (await store(write))
    const writes = [write, ...others.map(other => other.write)]
    const end = (outcome: Outcome): void => {
      for (const other of others) other.outcome = outcome
    }
    try {
      await store({ facts: writes.flatMap(({ facts }) => facts), links: writes.flatMap(({ links }) => links) })
      end('stored')
    } catch (error) {
      if (failsAgain(error)) {
        end({ error })
        throw error
      }
      // One of them may be at fault: each for itself.
      end('alone')
      await store(write)
    }
  }

  /**
   * Those that wait longest and can be stored with a write. A record under two visitor ids was sent again from another
   * address, and is recognized as a duplicate only when the first is stored before it.
   */
  #takeOthers({ facts }: FactWrite): Waiting[] {
    const visitors = new Map(facts.map(({ id, visitor }) => [id, visitor]))
    let count = facts.length
    const fits = ({ write }: Waiting): boolean =>
      count + write.facts.length <= MOST &&
      write.facts.every(({ id, visitor }) => (visitors.get(id) ?? visitor) === visitor)
    const end = this.#waiting.findIndex(waiting => {
      if (!fits(waiting)) return true
      count += waiting.write.facts.length
      for (const { id, visitor } of waiting.write.facts) visitors.set(id, visitor)
      return false
    })
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : end)
  }
}
