import { CompactMap } from '../compactMap.ts'
import { cellReader, type ReadCell, type TablePart } from '../tablePart.ts'
import { TextStore } from '../textStore.ts'
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
  'hostname',
] as const

/** Spaces that would part cells. */
const SPACE = /[\t\n]/g

const textOf = (row: readonly string[], cell: ReadCell): string =>
  COLUMNS.map(column => cell(row, column).replaceAll(SPACE, ' ')).join('\t')

const country = (code: string | undefined): string | undefined =>
  code !== undefined && /^[A-Za-z]{2}$/.test(code) ? code : undefined

const sessionOf = (text: string): UmamiSession => {
  const cells = text.split('\t').map(cell => cell || undefined)
  const [browser = '', os = '', device = '', language, code, region, subdivision, city, hostname] = cells
  return {
    ...umamiDevice(browser, os, device),
    language,
    country: country(code),
    region: region ?? subdivision,
    city,
    hostname,
  }
}

/** Bytes of sessions and users: more than a million users. */
const MOST = 64_000_000

/** Between the place of a session and its user. */
const USER = '\n'

/** Sessions by their id. Those that look alike are in memory once, each user in few bytes. */
export class UmamiSessions {
  readonly #texts: TextStore
  readonly #byText = new CompactMap()
  readonly #byId = new CompactMap()

  /** @param most bytes in memory */
  constructor(most = MOST) {
    this.#texts = new TextStore(most)
  }

  #placeOf(text: string): number {
    const known = this.#byText.get(text)
    if (known !== undefined) return known
    const place = this.#texts.add(text)
    this.#byText.set(text, place)
    return place
  }

  /** @throws ImportFailure when there are more users than the memory holds */
  addRows({ columns, rows }: TablePart): void {
    const cell = cellReader(columns)
    for (const row of rows) {
      const place = this.#placeOf(textOf(row, cell))
      const user = cell(row, 'distinct_id')
      this.#byId.set(cell(row, 'session_id'), user === '' ? place : this.#texts.add(`${place}${USER}${user}`))
    }
  }

  /** The session of an event: from the table, or else from the event's own columns, which an export of ClickHouse has. */
  sessionOf(row: readonly string[], cell: ReadCell): UmamiSession {
    const place = this.#byId.get(cell(row, 'session_id'))
    if (place === undefined) return { ...sessionOf(textOf(row, cell)), user_id: cell(row, 'distinct_id') || undefined }
    const text = this.#texts.at(place)
    const end = text.indexOf(USER)
    if (end < 0) return sessionOf(text)
    return { ...sessionOf(this.#texts.at(Number(text.slice(0, end)))), user_id: text.slice(end + 1) }
  }
}
