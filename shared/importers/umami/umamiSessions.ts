import { CompactMap } from '../compactMap.ts'
import { cellReader, type ReadCell, type TablePart } from '../tablePart.ts'
import { umamiDevice } from './umamiDevice.ts'

/** What Umami stores of a session, as fields of an event. */
export type UmamiSession = Readonly<Record<string, string | undefined>> & {
  /** The host of v1, which stores it with the session. */
  readonly hostname?: string | undefined
}

/** Columns of the table session, in the current version and in earlier ones. */
const COLUMNS = [
  'browser',
  'os',
  'device',
  'language',
  'country',
  'region',
  'subdivision1',
  'city',
  'distinct_id',
  'hostname',
] as const

const textOf = (row: readonly string[], cell: ReadCell): string => COLUMNS.map(column => cell(row, column)).join('\t')

const country = (code: string | undefined): string | undefined =>
  code !== undefined && /^[A-Za-z]{2}$/.test(code) ? code : undefined

const sessionOf = (text: string): UmamiSession => {
  const cells = text.split('\t').map(cell => cell || undefined)
  const [browser = '', os = '', device = '', language, code, region, subdivision, city, user_id, hostname] = cells
  return {
    ...umamiDevice(browser, os, device),
    language,
    country: country(code),
    region: region ?? subdivision,
    city,
    user_id,
    hostname,
  }
}

/** Sessions by their id. Those that look alike are in memory once. */
export class UmamiSessions {
  readonly #byText = new Map<string, number>()
  readonly #sessions: UmamiSession[] = []
  readonly #byId = new CompactMap()

  #indexOf(text: string): number {
    const known = this.#byText.get(text)
    if (known !== undefined) return known
    const index = this.#sessions.push(sessionOf(text)) - 1
    this.#byText.set(text, index)
    return index
  }

  addRows({ columns, rows }: TablePart): void {
    const cell = cellReader(columns)
    for (const row of rows) this.#byId.set(cell(row, 'session_id'), this.#indexOf(textOf(row, cell)))
  }

  /** The session of an event: from the table, or else from the event's own columns, which an export of ClickHouse has. */
  sessionOf(row: readonly string[], cell: ReadCell): UmamiSession {
    const index = this.#byId.get(cell(row, 'session_id')) ?? this.#indexOf(textOf(row, cell))
    return this.#sessions[index] ?? {}
  }
}
