import type { ExportTable } from './exportTable'
import { EVENTS } from './tables/events'
import { ORDERS } from './tables/orders'
import { PAGEVIEWS } from './tables/pageviews'
import { SESSIONS } from './tables/sessions'

/** Every table that can be exported. Routes, formats, files in R2 and documents follow from it. */
export const EXPORT_TABLES: readonly ExportTable[] = [PAGEVIEWS, EVENTS, SESSIONS, ORDERS]

/** The table of a name, `undefined` for none. */
export const findExportTable = (name: string): ExportTable | undefined => EXPORT_TABLES.find(one => one.name === name)

/** @throws when there is no such table */
export const exportTableOf = (name: string): ExportTable => {
  const table = findExportTable(name)
  if (!table) throw new Error(`There is no table ${name} to export.`)
  return table
}
