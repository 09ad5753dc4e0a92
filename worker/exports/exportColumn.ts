import type { DictionaryName } from '../storage/dictionaryName'

/** How a value is written where the format has types. */
export type ExportType = 'text' | 'integer' | 'number' | 'boolean' | 'time' | 'day' | 'json'

/** A value as every format takes it: times as epoch milliseconds, days as days since 1970, JSON as text. */
export type ExportValue = string | number | boolean | null

/** A row as it was read, with the session that holds it. */
export interface ExportRow {
  readonly values: Readonly<Record<string, string | number | null>>
  readonly session: SessionOfRow | null
}

/** What other rows need of a session. */
export interface SessionOfRow {
  readonly person: number
  readonly begin: number
  readonly source: number | null
  readonly place: number | null
  readonly device: number | null
}

/** Looks up what the columns of a row refer to. */
export interface RowReader {
  /** A column of a dictionary's entry, `null` where it is unknown. */
  text(dictionary: DictionaryName, id: number | string | null | undefined, column: string): string | null
  /** The pseudonym of a person. */
  visitor(person: number): string
  /** The local day of an instant. */
  day(time: number): number
}

/** A column of an exported table. */
export interface ExportColumn {
  readonly name: string
  readonly type: ExportType
  readonly help: string
  of(row: ExportRow, reader: RowReader): ExportValue
}
