import type { FactRow, IdentityLink } from './factRow'
import { isDailyQuotaExceeded } from './isDailyQuotaExceeded'
import { isTooBusy } from './isTooBusy'

/** What one beacon stores. */
export interface FactWrite {
  readonly facts: readonly FactRow[]
  readonly links: readonly IdentityLink[]
}

/** What a beacon that has waited does: write for all that wait, nothing, or write by itself. */
type Turn = 'lead' | 'done' | 'alone'

interface Waiting {
  readonly write: FactWrite
  readonly resolve: (turn: Turn) => void
  readonly reject: (error: unknown) => void
}

/** Page views and events in one write: as many as two full beacons hold. */
const MOST = 100
/** Milliseconds that a write may take before another beacon takes over: its request may have been cancelled. */
const PATIENCE = 2_000

/** Whether the same statements fail again when they are tried at once. */
const failsAgain = (error: unknown): boolean => isTooBusy(error) || isDailyQuotaExceeded(error)

/**
 * Writes of beacons that arrive while another is at work wait for it and then share one, so that a busy site costs the
 * database fewer calls. Each is acknowledged once it is stored. The one that writes for others is one of those that waited:
 * on Cloudflare a request may resolve a promise of another, but not do its work.
 * @see https://developers.cloudflare.com/workers/observability/errors/#the-script-will-never-generate-a-response-errors
 */
export class SharedWrites {
  readonly #waiting: Waiting[] = []
  /** Who writes, `null` while nobody does. */
  #leader: object | null = null

  /** @param store stores all of its facts and links, or throws and stores none */
  async run(write: FactWrite, store: (all: FactWrite) => Promise<unknown>): Promise<void> {
    let leader: object = write
    if (this.#leader) {
      const { turn, waited } = await this.#wait(write)
      if (turn === 'done') return
      if (turn === 'alone') return void (await store(write))
      leader = waited
    } else this.#leader = write
    try {
      await this.#lead(write, store)
    } finally {
      if (this.#leader === leader) this.#callNext()
    }
  }

  /** Waits for a turn, by a timer of this request's own: a request with nothing else to wait for is cancelled. */
  async #wait(write: FactWrite): Promise<{ turn: Turn; waited: Waiting }> {
    const { promise, resolve, reject } = Promise.withResolvers<Turn>()
    const waited = { write, resolve, reject }
    this.#waiting.push(waited)
    let timer: ReturnType<typeof setTimeout> | undefined
    let before: object | null = null
    const look = (): void => {
      if (this.#leader === before) this.#takeOver(waited)
      else {
        before = this.#leader
        timer = setTimeout(look, PATIENCE)
      }
    }
    look()
    try {
      return { turn: await promise, waited }
    } finally {
      clearTimeout(timer)
    }
  }

  #takeOver(waited: Waiting): void {
    const position = this.#waiting.indexOf(waited)
    if (position >= 0) this.#waiting.splice(position, 1)
    this.#leader = waited
    waited.resolve('lead')
  }

  #callNext(): void {
    const [next] = this.#waiting
    if (next) this.#takeOver(next)
    else this.#leader = null
  }

  async #lead(write: FactWrite, store: (all: FactWrite) => Promise<unknown>): Promise<void> {
    const others = this.#takeOthers(write)
    if (others.length === 0) return void (await store(write))
    const writes = [write, ...others.map(other => other.write)]
    try {
      await store({ facts: writes.flatMap(({ facts }) => facts), links: writes.flatMap(({ links }) => links) })
      for (const { resolve } of others) resolve('done')
    } catch (error) {
      if (failsAgain(error)) {
        for (const { reject } of others) reject(error)
        throw error
      }
      // One of them may be at fault, so each is stored by itself.
      for (const { resolve } of others) resolve('alone')
      await store(write)
    }
  }

  /**
   * Those at the front of the queue that can be stored with a write. A record under two visitor ids was sent again from
   * another address, and is recognized as a duplicate only when the first is stored before it.
   */
  #takeOthers({ facts }: FactWrite): Waiting[] {
    const visitors = new Map(facts.map(({ id, visitor }) => [id, visitor]))
    let count = facts.length
    const fits = ({ write }: Waiting): boolean =>
      count + write.facts.length <= MOST &&
      write.facts.every(({ id, visitor }) => (visitors.get(id) ?? visitor) === visitor)
    const taken: Waiting[] = []
    for (let next = this.#waiting[0]; next && fits(next); next = this.#waiting[0]) {
      taken.push(next)
      this.#waiting.shift()
      count += next.write.facts.length
      for (const { id, visitor } of next.write.facts) visitors.set(id, visitor)
    }
    return taken
  }
}
