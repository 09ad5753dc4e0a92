import { ImportFailure } from '../importFailure.ts'
import type { ImportBatch, ImportedEvent, ReadOptions } from '../importFormat.ts'
import { cellReader, type ReadCell, type TablePart } from '../tablePart.ts'
import { countUmami } from './countUmami.ts'
import { type EventContext, type Reason, umamiEvent, umamiEventOfV1 } from './umamiEvent.ts'
import { UmamiEventData } from './umamiEventData.ts'
import { UmamiSessions } from './umamiSessions.ts'

/** Reads the rows of the named tables, in the order of the files. */
export type ReadTables = (names: ReadonlySet<string>) => AsyncGenerator<TablePart>

type ToEvent = (row: readonly string[], cell: ReadCell, context: EventContext) => ImportedEvent | Reason

/** Tables of events: website_event from v2 on, the others of v1. */
const EVENT_TABLES: ReadonlyMap<string, ToEvent> = new Map([
  ['website_event', umamiEvent],
  ['pageview', umamiEventOfV1],
  ['event', umamiEventOfV1],
])

const DATA_TABLES = new Set(['event_data', 'revenue'])

/** The tables that are read. */
export const UMAMI_TABLES: ReadonlySet<string> = new Set(['website', 'session', ...DATA_TABLES, ...EVENT_TABLES.keys()])

/** Decides which of several websites is read: the one that was named, that of the domain, or the first. */
class Websites {
  readonly #domain: string
  readonly #known = new Map<string, string>()
  #chosen: string

  constructor({ domain, website }: ReadOptions) {
    this.#domain = domain
    this.#chosen = website
  }

  addRows({ columns, rows }: TablePart): void {
    const cell = cellReader(columns)
    for (const row of rows) this.#known.set(cell(row, 'website_id'), cell(row, 'domain').replace(/^www\./, ''))
  }

  /** @throws ImportFailure when there are several and none of them is the site's */
  choose(): void {
    if (this.#chosen !== '' || this.#known.size === 0) return
    const own = [...this.#known].find(([, domain]) => domain === this.#domain)
    const [only] = this.#known.size === 1 ? this.#known.keys() : []
    const id = own?.[0] ?? only
    if (id === undefined) {
      const all = [...this.#known].map(([website, domain]) => `${website} (${domain})`).slice(0, 10)
      throw new ImportFailure(`The file has several websites: name one with --website. They are: ${all.join(', ')}.`)
    }
    this.#chosen = id
  }

  has(website: string): boolean {
    if (this.#chosen === '') this.#chosen = website
    return website === this.#chosen || website === ''
  }
}

const OTHER_WEBSITE = 'rows of other websites: name the one to import with --website'

/**
 * The events of Umami's tables.
 * @see https://github.com/umami-software/umami/blob/master/prisma/schema.prisma
 */
export const readUmami = async function* (
  tables: ReadTables,
  options: ReadOptions,
  data = new UmamiEventData(),
): AsyncGenerator<ImportBatch> {
  const sessions = new UmamiSessions()
  const websites = new Websites(options)
  for await (const part of tables(new Set(['website', 'session'])))
    if (part.table === 'session') sessions.addRows(part)
    else websites.addRows(part)
  websites.choose()
  const eventsOf = (part: TablePart): ImportedEvent[] => {
    const toEvent = EVENT_TABLES.get(part.table) ?? umamiEvent
    const cell = cellReader(part.columns)
    return part.rows.flatMap(row => {
      const id = cell(row, 'event_id')
      if (!data.isDue(id)) return []
      const isOwn = websites.has(cell(row, 'website_id'))
      if (isOwn && options.figures) countUmami(part.table, row, cell, options.figures)
      const event = isOwn
        ? toEvent(row, cell, {
            domain: options.domain,
            session: sessions.sessionOf(row, cell),
            properties: data.propertiesOf(id),
          })
        : OTHER_WEBSITE
      if (typeof event !== 'string') return [event]
      options.leaveOut(event)
      return []
    })
  }
  for (let part = 0; part < data.parts; part++) {
    do {
      data.begin(part)
      for await (const rows of tables(DATA_TABLES)) data.addRows(rows)
    } while (!data.isWhole)
    for await (const rows of tables(new Set(EVENT_TABLES.keys()))) yield { kind: 'events', rows: eventsOf(rows) }
  }
}
