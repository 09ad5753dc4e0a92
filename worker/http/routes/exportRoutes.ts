import type { Context } from 'hono'
import { isoTime } from '../../collect/parse/isoTime'
import type { HonoEnv } from '../../env'
import { encodedExport } from '../../exports/encodedExport'
import { EXPORT_FORMATS, type ExportFormat } from '../../exports/exportFormats'
import type { ExportSpan } from '../../exports/exportSpan'
import type { ExportTable } from '../../exports/exportTable'
import { EXPORT_TABLES, findExportTable } from '../../exports/exportTables'
import { Problem } from '../../lib/problem'
import { streamOf } from '../../lib/streamOf'
import { periodOf } from '../../query/parse/parseQuery'
import type { CloudflarePlan } from '../../storage/statementBudget'
import { EXPORTER_BY_PATH } from '../access'
import { periodIn } from '../periodIn'
import { route } from '../route'
import { siteOf } from '../siteOf'

/** Rows of one answer, so that reading them stays within the statements that one invocation may run. */
const MOST_ROWS: Readonly<Record<CloudflarePlan, number | null>> = { free: 5_000, paid: 150_000, none: null }

const names = (entries: readonly { readonly name: string }[]): string => entries.map(({ name }) => name).join(', ')

const tableIn = (c: Context<HonoEnv>): ExportTable => {
  const table = findExportTable(String(c.req.param('table')))
  if (table) return table
  throw new Problem(404, 'unknown_table', `Export one of ${names(EXPORT_TABLES)}.`)
}

const formatIn = (c: Context<HonoEnv>): ExportFormat => {
  const given = c.req.query('format') ?? EXPORT_FORMATS[0]?.name
  const format = EXPORT_FORMATS.find(({ name }) => name === given)
  if (format) return format
  throw new Problem(400, 'bad_format', `"format" must be one of ${names(EXPORT_FORMATS)}.`)
}

/** Epoch milliseconds. */
const afterIn = (c: Context<HonoEnv>): number | null => {
  const given = c.req.query('after')
  if (given === undefined) return null
  const time = isoTime(given)
  if (Number.isFinite(time)) return time
  throw new Problem(400, 'bad_cursor', '"after" must be the time from the previous response\'s Link header.')
}

/** Where the next answer goes on. */
const nextLink = (c: Context<HonoEnv>, { next }: ExportSpan): Record<string, string> => {
  if (next === null) return {}
  const url = new URL(c.req.url)
  url.searchParams.set('after', new Date(next).toISOString())
  return { link: `<${url.pathname}${url.search}>; rel="next"` }
}

/** Waits for the first bytes, so that what fails at once is answered with its error. */
const begun = async (source: AsyncGenerator<Uint8Array>): Promise<ReadableStream<Uint8Array>> => {
  const first = await source.next()
  const all = async function* () {
    if (!first.done) yield first.value
    yield* source
  }
  return streamOf(all())
}

/** Exports the rows of a table. */
export const exportRoutes = [
  route('GET', '/api/v1/sites/:domain/export/:table', EXPORTER_BY_PATH, async c => {
    const [site, table, format, now] = [siteOf(c), tableIn(c), formatIn(c), Date.now()]
    const period = periodOf(periodIn(c.req.query('period') ?? '30d'))
    const request = { period, after: afterIn(c), most: MOST_ROWS[c.env.PLAN ?? 'none'] }
    const span = await site.exportSpan(table, request, now)
    const bytes = encodedExport(table, format, site.exportRows(table, span, now))
    return c.body(await begun(bytes), 200, {
      'content-type': format.contentType,
      'content-disposition': `attachment; filename="${site.config.domain}-${table.name}.${format.name}"`,
      'cache-control': 'no-store',
      ...nextLink(c, span),
    })
  }),
]
