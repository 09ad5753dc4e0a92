/** A request as a server logged it; '' for what the log does not say. */
export interface LoggedRequest {
  readonly address: string
  /** Epoch milliseconds; not a number if it cannot be read. */
  readonly time: number
  readonly method: string
  /** Without a port. */
  readonly host: string
  /** Path and query. */
  readonly target: string
  readonly status: number
  readonly referrer: string
  readonly userAgent: string
  readonly contentType: string
}

/** Reads a line; `null` if it is no request. */
export type ReadRequest = (line: string) => LoggedRequest | null
