/** A result that took longer is shared, milliseconds: faster ones are always computed anew. */
const SLOW = 250
/** A shared result serves for so many times as long as it took, so that one question takes a share of all time. */
const TIMES = 4
/** Milliseconds for which a result serves at most. */
const LONGEST = 10_000
/** Milliseconds after which another caller no longer waits for one at work, whose request may have been cancelled. */
const PATIENCE = 20_000
/** Milliseconds between looks at whether another caller is done. */
const PAUSE = 20
/** Bounds the memory. */
const MOST = 100

interface AtWork {
  readonly since: number
}

interface Done<T> {
  readonly result: T
  /** Epoch milliseconds. */
  readonly until: number
}

/**
 * Results of slow work, by key: while one caller works on it the others wait, and for a while they get the same result.
 * Callers look whether it is there, as on Cloudflare a request must not wait for a promise of another.
 */
export class SlowResults<T> {
  readonly #entries = new Map<string, AtWork | Done<T>>()

  /** @param mayShare whether others may have this result */
  async get(key: string, work: () => Promise<T>, mayShare: (result: T) => boolean): Promise<T> {
    for (;;) {
      const found = this.#entries.get(key)
      if (!found) return this.#work(key, work, mayShare)
      if ('result' in found) {
        if (Date.now() < found.until) return found.result
        return this.#work(key, work, mayShare)
      }
      if (Date.now() - found.since > PATIENCE) return this.#work(key, work, mayShare)
      await new Promise(resolve => setTimeout(resolve, PAUSE))
    }
  }

  /** Forgets all results, and shares none that is at work. */
  clear(): void {
    this.#entries.clear()
  }

  async #work(key: string, work: () => Promise<T>, mayShare: (result: T) => boolean): Promise<T> {
    const atWork = { since: Date.now() }
    this.#entries.set(key, atWork)
    try {
      const result = await work()
      const took = Date.now() - atWork.since
      if (this.#entries.get(key) === atWork && took > SLOW && mayShare(result)) this.#keep(key, result, took)
      return result
    } finally {
      if (this.#entries.get(key) === atWork) this.#entries.delete(key)
    }
  }

  #keep(key: string, result: T, took: number): void {
    const now = Date.now()
    for (const [other, entry] of this.#entries) {
      if ('result' in entry && (entry.until <= now || this.#entries.size > MOST)) this.#entries.delete(other)
    }
    this.#entries.set(key, { result, until: now + Math.min(took * TIMES, LONGEST) })
  }
}
