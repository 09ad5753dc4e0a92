import { FIRST_CUSTOM_EVENT } from '../../shared/events'
import { DAY, MINUTE } from '../../shared/time'
import { dayOf } from '../lib/calendar'
import type { Answering } from '../query/answer'
import { BatchedReads } from '../query/execute/batchedReads'
import type { ResultRow } from '../query/execute/cell'
import { CountedReads } from '../query/execute/countedReads'
import { readCustomEvents } from '../query/plan/readCustomEvents'
import { readMoment } from '../query/plan/readMoment'
import { CoveringSessions } from './coveringSessions'
import { type DictionaryReferences, DictionaryTexts } from './dictionaryTexts'
import type { ExportRow, ExportValue, RowReader } from './exportColumn'
import type { ExportSpan } from './exportSpan'
import { type ExportTable, mostAtOnce } from './exportTable'
import { Pseudonyms } from './pseudonyms'
import { type ExportMoment, readWindow, type Window, type WindowRows } from './readWindow'

/** Rows in the order of the table's columns. */
export type ExportBatch = readonly (readonly ExportValue[])[]

/** A day of a small site is read at once. */
const FIRST_WINDOW = DAY
const SHORTEST_WINDOW = MINUTE
const LONGEST_WINDOW = 32 * DAY
/** How often a moment is read again because sessions were settled meanwhile. */
const MOST_TRIES = 5

const readExportMoment = async ({ db, site, now, readDelta }: Answering): Promise<ExportMoment> => {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const reads = new CountedReads(new BatchedReads(db))
    const [moment, customEvents] = await Promise.all([
      readMoment(reads, site, now, readDelta),
      readCustomEvents(reads, site, []),
    ])
    if (moment) return { ...moment, customEvents }
  }
  throw new Error('sessions were settled again and again while an export began')
}

const idsIn = (rows: readonly ExportRow[], column: 'source' | 'place' | 'device'): Set<number> =>
  new Set(rows.flatMap(({ values, session }) => (session ? session[column] : Number(values[column] ?? 0)) || []))

const referencesIn = (rows: readonly ExportRow[]): DictionaryReferences => {
  const columnIds = (column: string, offset = 0): number[] =>
    rows.flatMap(({ values }) => {
      const id = Number(values[column] ?? 0) - offset
      return id > 0 ? [id] : []
    })
  return {
    pages: new Set([...columnIds('page'), ...columnIds('entry'), ...columnIds('exit')]),
    sources: idsIn(rows, 'source'),
    places: idsIn(rows, 'place'),
    devices: idsIn(rows, 'device'),
    names: new Set(columnIds('name', FIRST_CUSTOM_EVENT)),
  }
}

/** Turns rows as they were read into values of the columns. */
class BatchMaker {
  readonly #table: ExportTable
  readonly #texts: DictionaryTexts
  readonly #pseudonyms: Pseudonyms
  readonly #covering = new CoveringSessions()
  readonly #reader: RowReader

  constructor({ db, site }: Answering, table: ExportTable) {
    this.#table = table
    this.#texts = new DictionaryTexts(db)
    this.#pseudonyms = new Pseudonyms(site.secret)
    this.#reader = {
      text: (dictionary, id, name) => this.#texts.text(dictionary, id, name),
      visitor: person => this.#pseudonyms.of(person),
      day: time => dayOf(time, site.timezone),
    }
  }

  #rowOf(values: ResultRow): ExportRow {
    const own = values as ExportRow['values']
    return { values: own, session: this.#covering.at(Number(own.person), Number(own.time)) }
  }

  async batch({ rows, sessions }: WindowRows, from: number): Promise<ExportBatch> {
    this.#covering.advance(sessions, from)
    const found = rows.map(row => this.#rowOf(row))
    const people = found.flatMap(({ values, session }) => [Number(values.person), session?.person ?? []].flat())
    await Promise.all([this.#texts.prepare(referencesIn(found)), this.#pseudonyms.prepare(people)])
    return found.map(row => this.#table.columns.map(column => column.of(row, this.#reader)))
  }
}

/** The length of the next window, by how full this one was. */
const nextLength = (length: number, rows: number, { rowsAtOnce }: ExportTable): number => {
  const wanted = rows === 0 ? 2 : Math.min(2, Math.max(1 / 4, rowsAtOnce / rows))
  return Math.min(LONGEST_WINDOW, Math.max(SHORTEST_WINDOW, Math.round(length * wanted)))
}

/**
 * Reads the rows of a table in the order of time, a window after the other, each as long as it takes to have some thousand
 * rows: memory does not grow with the export. Each window is of one moment, and the export of the time in which it ran.
 */
export async function* exportRows(
  answering: Answering,
  table: ExportTable,
  { from, to, firstWindow = FIRST_WINDOW }: Omit<ExportSpan, 'next'>,
): AsyncGenerator<ExportBatch> {
  const maker = new BatchMaker(answering, table)
  let moment = await readExportMoment(answering)
  let length = firstWindow
  for (let start = from; start < to; ) {
    const most = length > SHORTEST_WINDOW ? mostAtOnce(table) : null
    const window: Window = { from: start, to: Math.min(to, start + length), most, isFirst: start === from }
    const read = await readWindow(answering.db, table, moment, window)
    if (read === null) moment = await readExportMoment(answering)
    else if (most !== null && read.rows.length > most) length = Math.max(SHORTEST_WINDOW, Math.floor(length / 4))
    else {
      start = window.to
      length = nextLength(length, read.rows.length, table)
      const batch = await maker.batch(read, window.from)
      if (batch.length > 0) yield batch
    }
  }
}
