import { MINUTE } from '../../shared/time'

interface Bucket {
  tokens: number
  /** Epoch milliseconds of the last look. */
  at: number
}

/** Bounds the memory; beyond it, the names not seen for longest start over. */
const MOST_NAMES = 20_000

/** Names a client or a key. */
export type BucketName = string | number

/**
 * Allows a number per minute for each name, at once or spread. The counts are in the memory of this isolate.
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

  /** Seconds until a name has this many tokens, 0 when it has them. */
  wait(name: BucketName, count: number): number {
    return this.#secondsUntil(count, this.#bucket(name))
  }

  /**
   * Takes this many tokens, or none when there are fewer.
   * @returns seconds to wait, 0 when they were taken
   */
  take(name: BucketName, count: number): number {
    const bucket = this.#bucket(name)
    const wait = this.#secondsUntil(count, bucket)
    if (wait > 0) return wait
    // The map's last name is the one seen last.
    bucket.tokens -= count
    this.#buckets.delete(name)
    this.#buckets.set(name, bucket)
    if (this.#buckets.size > MOST_NAMES) this.#buckets.delete(this.#buckets.keys().next().value ?? name)
    return 0
  }
}
