import type { ImportFormat } from '../importFormat.ts'
import { readSqlDump } from '../readSqlDump.ts'
import { readUmami, UMAMI_TABLES } from './readUmami.ts'
import { UMAMI_DIFFERS } from './umamiDiffers.ts'

const DUMP =
  /^-- (?:PostgreSQL database|MySQL|MariaDB) dump|^(?:COPY|INSERT INTO|CREATE TABLE) \S*(?:website_event|session|pageview)\b/im

/** A dump of Umami's database by pg_dump or mysqldump. */
export const umamiSql: ImportFormat = {
  takes: 'a dump of its database by pg_dump or mysqldump, as text',
  differs: UMAMI_DIFFERS,
  passes: 3,
  fits: starts => starts.some(({ text }) => DUMP.test(text)),
  read: (files, options) =>
    readUmami(async function* (names) {
      for (const file of files) yield* readSqlDump(file.open(), table => names.has(table) && UMAMI_TABLES.has(table))
    }, options),
}
