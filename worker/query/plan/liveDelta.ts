import type { SessionRow } from '../../rollups/sessionRows'

/** What unfinished sessions and late events change on top of the stored sessions. */
export interface LiveDelta {
  /** Keys of stored sessions that are out of date: [hour, visitor, at]. */
  readonly retractedKeys: readonly unknown[]
  /** Rows of those sessions. */
  readonly retracted: readonly SessionRow[]
  readonly added: readonly SessionRow[]
  /** Epoch hours, first and last, in which sessions changed since they were settled. */
  readonly staleHours: readonly (readonly [first: number, last: number])[]
  /** Epoch hours in which an event changed after they were settled. */
  readonly lateHours: readonly number[]
  /** Of the settled state that this was derived from. */
  readonly version: number
  readonly rowsRead: number
}
