import { CompactMap } from '../compactMap.ts'
import { databaseTime } from '../databaseTime.ts'
import type { ImportBatch, ImportedEvent, ImportFile, ImportFormat, ReadOptions } from '../importFormat.ts'
import { readSqlDump } from '../readSqlDump.ts'
import { cellReader, type TablePart } from '../tablePart.ts'
import { MatomoActions } from './matomoActions.ts'
import { MatomoConversions } from './matomoConversions.ts'
import { MATOMO_DIFFERS } from './matomoDiffers.ts'
import { matomoEvents } from './matomoEvents.ts'
import type { MatomoObject } from './matomoObject.ts'
import { MatomoVisits } from './matomoVisits.ts'

const DUMP = /^(?:INSERT INTO|CREATE TABLE) \S*log_(?:action|conversion|conversion_item|link_visit_action|visit)\b/im

/** A table's name without its prefix, which the owner chose. */
const TABLE = /(?:^|_)(log_(?:action|conversion|conversion_item|link_visit_action|visit)|goal|site)$/

const tableOf = (name: string): string => TABLE.exec(name)?.[1] ?? ''

/** What a visit says of its source belongs to its first action. */
const NO_SOURCE = { referrerType: '', referrerUrl: '' }

class MatomoTables {
  readonly #files: readonly ImportFile[]
  readonly #options: ReadOptions
  readonly #visits: MatomoVisits
  readonly #actions = new MatomoActions()
  readonly #conversions: MatomoConversions
  /** Visits of which an action was read. */
  readonly #begun = new CompactMap()

  constructor(files: readonly ImportFile[], options: ReadOptions) {
    this.#files = files
    this.#options = options
    this.#visits = new MatomoVisits(options)
    this.#conversions = new MatomoConversions(this.#actions, options.leaveOut)
  }

  async *#rows(...names: readonly string[]): AsyncGenerator<TablePart> {
    for (const file of this.#files) yield* readSqlDump(file.open(), table => names.includes(tableOf(table)))
  }

  /** Reads what rows of events point to. */
  async readNames(): Promise<void> {
    for await (const part of this.#rows('log_action', 'log_visit', 'site', 'goal', 'log_conversion_item')) {
      const table = tableOf(part.table)
      if (table === 'log_action') this.#actions.addRows(part)
      else if (table === 'log_visit') this.#visits.addRows(part)
      else if (table === 'site') this.#conversions.addSites(part)
      else if (table === 'goal') this.#conversions.addGoals(part)
      else this.#conversions.addItems(part)
    }
  }

  async *events(): AsyncGenerator<ImportBatch> {
    for await (const part of this.#rows('log_link_visit_action', 'log_conversion')) {
      const cell = cellReader(part.columns)
      const toEvents =
        tableOf(part.table) === 'log_conversion'
          ? (row: readonly string[], visit: MatomoObject, time: number) =>
              this.#ofAction(this.#conversions.conversionOf(row, cell, time), { ...visit, ...NO_SOURCE })
          : (row: readonly string[], visit: MatomoObject, time: number) => {
              const action = this.#actions.actionOf(row, cell, time)
              const page = this.#actions.textOf(cell(row, 'idaction_url_ref')) || undefined
              return this.#ofAction(action, this.#begin(visit), time).map(event => ({
                ...event,
                url: event.url ?? page,
              }))
            }
      const rows = part.rows.flatMap(row => {
        const visit = this.#visits.visitOf(cell(row, 'idvisit'))
        if (visit) return toEvents(row, visit, databaseTime(cell(row, 'server_time')))
        if (cell(row, 'idsite') === this.#visits.site) this.#options.leaveOut('actions whose visit is not in the dump')
        return []
      })
      yield { kind: 'events', rows }
    }
  }

  /** The visit of an action, with its source for the first one. */
  #begin(visit: MatomoObject): MatomoObject {
    const id = String(visit.idVisit)
    if (this.#begun.get(id) !== undefined) return { ...visit, ...NO_SOURCE }
    this.#begun.set(id, 1)
    return visit
  }

  #ofAction(action: MatomoObject, visit: MatomoObject, time = Number.NaN): readonly ImportedEvent[] {
    const { figures, leaveOut } = this.#options
    if (action.type === 'action' && !Number.isNaN(time)) figures?.addView(figures.dayOf(time))
    const siteCurrency = this.#conversions.currencyOf(this.#visits.site)
    return matomoEvents({ ...visit, siteCurrency, actionDetails: [action] }, leaveOut)
  }
}

/**
 * A dump of the tables of Matomo's database that hold visits.
 * @see https://developer.matomo.org/guides/database-schema
 */
export const matomoSql: ImportFormat = {
  takes: 'a dump of its tables log_* by mysqldump --hex-blob, as text',
  differs: MATOMO_DIFFERS,
  passes: 2,
  fits: starts => starts.some(({ text }) => DUMP.test(text)),
  async *read(files, options) {
    const tables = new MatomoTables(files, options)
    await tables.readNames()
    yield* tables.events()
  },
}
