import { MINUTE } from '../../shared/time'

interface Bucket {
  tokens: number
  /** Epoch milliseconds of the last look. */
  at: number
}

/** Bounds the memory; of more names, those that were not seen for longest begin anew. */
const MOST_NAMES = 20_000

/** Of somebody, or of a key. */
export type BucketName = string | number

/**
 * So many a minute for each name, all at once or spread, kept in the memory of this isolate.
 * @see https://en.wikipedia.org/wiki/Token_bucket
 * @example new TokenBuckets(600).take('somebody', 1) // 0: go on
 */
export class TokenBuckets {
  readonly #perMinute: number
  readonly #buckets = new Map<BucketName, Bucket>()

  constructor(perMinute: number) {
    this.#perMinute = perMinute
  }

  #bucket(name: BucketName): Bucket {
    const now = Date.now()
    const { tokens, at } = this.#buckets.get(name) ?? { tokens: this.#perMinute, at: now }
    const refilled = tokens + (Math.max(now - at, 0) * this.#perMinute) / MINUTE
    return { tokens: Math.min(refilled, this.#perMinute), at: now }
  }

  #secondsUntil(count: number, { tokens }: Bucket): number {
    return Math.max(0, Math.ceil(((count - tokens) / this.#perMinute) * 60))
  }

  /** Seconds until a name has so many, 0 when it has them. */
  wait(name: BucketName, count: number): number {
    return this.#secondsUntil(count, this.#bucket(name))
  }

  /**
   * Takes so many, or none when there are not as many.
   * @returns seconds to wait, 0 when they were taken
   */
  take(name: BucketName, count: number): number {
    const bucket = this.#bucket(name)
    const wait = this.#secondsUntil(count, bucket)
    if (wait > 0) return wait
    // The last one in the map is the one seen last.
    bucket.tokens -= count
    this.#buckets.delete(name)
    this.#buckets.set(name, bucket)
    if (this.#buckets.size > MOST_NAMES) this.#buckets.delete(this.#buckets.keys().next().value ?? name)
    return 0
  }
}
