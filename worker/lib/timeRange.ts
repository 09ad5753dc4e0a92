/** A span of time in epoch milliseconds and the local days it touches. */
export interface Range {
  readonly from: number
  /** Exclusive. */
  readonly to: number
  readonly firstDay: number
  /** Included. */
  readonly lastDay: number
}
