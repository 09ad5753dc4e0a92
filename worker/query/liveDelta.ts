import type { SessionRow } from '../rollups/readToday'

/** What is not settled yet, laid over the stored visits: see settle. */
export interface LiveDelta {
  /** Keys of stored visits that are out of date: [hour, visitor, at]. */
  readonly removed: readonly unknown[]
  /** Rows of sessions, as compile/tables.ts reads them. */
  readonly added: readonly SessionRow[]
  /** The same of those that are removed. */
  readonly gone: readonly SessionRow[]
  /** Epoch hours, from and to, of everything that changed since it was settled. */
  readonly touched: readonly (readonly [number, number])[]
  /** Epoch hours in which a fact changed after they were settled. */
  readonly marked: readonly number[]
  /** Of the settled state this was made against. */
  readonly version: number
  readonly rowsRead: number
}
