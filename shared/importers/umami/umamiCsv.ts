import type { FileStart, ImportFile, ImportFormat } from '../importFormat.ts'
import { startOf } from '../openImport.ts'
import { readCsv } from '../readCsv.ts'
import { type ReadTables, readUmami } from './readUmami.ts'
import { UMAMI_DIFFERS } from './umamiDiffers.ts'

/** Columns by which a table is told, the most special first. */
const SIGNS: readonly (readonly [table: string, columns: readonly string[]])[] = [
  ['website_event', ['session_id', 'url_path', 'created_at']],
  ['pageview', ['view_id', 'session_id', 'url']],
  ['event', ['event_id', 'session_id', 'url', 'created_at']],
  ['revenue', ['event_id', 'revenue', 'currency']],
  ['event_data', ['website_event_id', 'data_key']],
  ['event_data', ['event_id', 'data_key']],
  ['event_data', ['website_event_id', 'event_key']],
  ['event_data', ['event_data_id', 'event_data']],
  ['session_data', ['session_id', 'data_key']],
  ['session', ['session_id', 'browser', 'os']],
  ['website', ['website_id', 'domain']],
]

/** The table of a CSV, by its header; `undefined` for anything else. */
const tableOf = ({ text }: FileStart): string | undefined => {
  const [header = ''] = text.split('\n')
  const columns = new Set(header.split(/[,;\t]/).map(column => column.trim().replaceAll('"', '')))
  return SIGNS.find(([, signs]) => signs.every(sign => columns.has(sign)))?.[0]
}

const EVENTS = new Set(['website_event', 'pageview'])

const tablesOf = (files: readonly (readonly [string | undefined, ImportFile])[]): ReadTables =>
  async function* (names) {
    for (const [table, file] of files) {
      if (table === undefined || !names.has(table)) continue
      for await (const { header, records } of readCsv(file.open(), file.name))
        yield { table, columns: header, rows: records }
    }
  }

/** Umami's tables as CSV, each in a file: as its cloud exports them, or as a database prints them. */
export const umamiCsv: ImportFormat = {
  takes: 'its tables as CSV in a folder or ZIP: website_event, and session, event_data and revenue if you have them',
  differs: UMAMI_DIFFERS,
  fits: starts => starts.some(start => EVENTS.has(tableOf(start) ?? '')),
  async *read(files, options) {
    const known = await Promise.all(files.map(async file => [tableOf(await startOf(file)), file] as const))
    yield* readUmami(tablesOf(known), options)
  },
}
