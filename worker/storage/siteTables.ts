import { TABLE_NAMES, tableOf } from './columns'
import { DICTIONARIES } from './schema'

/** Every table with a `site` column: all that is deleted with a site. */
export const SITE_TABLES: readonly string[] = [
  ...Object.keys(DICTIONARIES),
  ...TABLE_NAMES.filter(name => !tableOf(name).isOfAllSites),
]
