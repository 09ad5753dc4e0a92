/**
 * Limits of D1 in production.
 * @see https://developers.cloudflare.com/d1/platform/limits/
 */
export const D1_LIMITS = {
  /** Bytes of a statement's text. */
  sqlBytes: 100_000,
  /** Bound values of a statement. */
  parameters: 100,
  /** Bytes of a text, and of a row. */
  valueBytes: 2_000_000,
  /** Bytes of a statement's result. */
  resultBytes: 50_000_000,
  functionArguments: 32,
  /**
   * Rows that a statement or a batch reads. D1 stops it after 30 seconds, which a test cannot wait for: this is 30 times
   * a million, a third of what a local D1 reads in a second.
   */
  rowsRead: 30_000_000,
} as const

/**
 * Queries of one invocation of a Worker, by plan. D1's binding sends a batch as one subrequest, as
 * `limitedDatabase.test.ts` shows. Cloudflare's documents do not say which of the two is counted, so we count
 * statements.
 * @see https://developers.cloudflare.com/workers/platform/limits/#subrequests
 */
export const QUERIES = { free: 50, paid: 1_000 } as const
