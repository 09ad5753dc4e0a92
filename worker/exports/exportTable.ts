import type { Builder } from '../relations/sql/builder'
import type { ExportColumn } from './exportColumn'

/** A table that can be exported. */
export interface ExportTable {
  readonly name: string
  readonly help: string
  /** The stored table whose hours tell how many rows there are. */
  readonly stored: 'views' | 'events' | 'visits'
  /** Rows that are read at once: as many as memory and D1 take without trouble. */
  readonly rowsAtOnce: number
  /** Whether a row belongs to the session that covers its person and time. */
  readonly isOfSessions: boolean
  readonly columns: readonly ExportColumn[]
  /** SQL of the rows of the period, each with `person`, `time` and `id`. */
  rows(b: Builder): string
}

/** Rows that one window may have at most. */
export const mostAtOnce = ({ rowsAtOnce }: Pick<ExportTable, 'rowsAtOnce'>): number => 4 * rowsAtOnce
