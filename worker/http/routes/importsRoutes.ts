import { IMPORTS, type ImportDefinition, importDefinition } from '../../../shared/imports'
import { LIMITS } from '../../../shared/limits'
import { EXPANSIONS } from '../../collect/imports/expansions'
import { csvLines, tooManyRows } from '../../collect/imports/importCsv'
import { type ImportLine, readLines } from '../../collect/imports/importLines'
import { importTemplate } from '../../collect/imports/importTemplate'
import { isFields } from '../../collect/parse/fields'
import { dayOf } from '../../lib/calendar'
import { Problem } from '../../lib/problem'
import { ANYONE, WRITER_BY_QUERY } from '../access'
import { parseJson, readText } from '../body'
import { route } from '../route'
import { siteOf } from '../siteOf'

const definitionOf = (kind: string): ImportDefinition => {
  const definition = importDefinition(kind)
  if (definition) return definition
  const kinds = IMPORTS.map(of => of.kind).join(', ')
  throw new Problem(404, 'unknown_import', `Unknown kind of import "${kind.slice(0, 40)}". Use one of ${kinds}.`)
}

/** The tool that rows come from, as an answer names it. */
const sourceOf = (given = ''): string => {
  if (/^[a-z0-9 ._-]{0,40}$/i.test(given)) return given
  throw new Problem(400, 'bad_source', '"source" must be the name of a tool, of up to 40 letters and digits.')
}

/** Whether rows replace all of their days, and not only those with their keys. */
const replacesDays = (given: string | undefined): boolean => {
  if (given === undefined || given === 'day') return given === 'day'
  throw new Problem(400, 'bad_replace', '"replace" must be "day", or not be given.')
}

/** By the content type, else by the first character: no header of a CSV file begins like JSON. */
const isJson = (text: string, contentType: string): boolean =>
  !/csv/i.test(contentType) && (/json/i.test(contentType) || /^\s*[[{]/.test(text))

/** Checked before the rows are parsed: a body can contain millions. */
const bounded = <T>(rows: readonly T[]): readonly T[] => {
  if (rows.length <= LIMITS.rowsPerImport) return rows
  throw tooManyRows()
}

const jsonLines = (text: string): ImportLine[] => {
  const body = parseJson(text)
  const rows = isFields(body) ? body.rows : body
  if (!Array.isArray(rows))
    throw new Problem(400, 'bad_shape', 'Send {"rows":[…]}, a list of rows, or CSV as text/csv.')
  return bounded<unknown>(rows).map((fields, index) => ({ line: index + 1, fields }))
}

/** `POST /api/v1/imports/:kind` and the templates of its CSV. */
export const importsRoutes = [
  route('GET', '/api/v1/imports/:kind/template.csv', ANYONE, c => {
    const definition = definitionOf(c.req.param('kind'))
    return c.body(importTemplate(definition), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="footfall-${definition.kind}.csv"`,
    })
  }),
  route('POST', '/api/v1/imports/:kind', WRITER_BY_QUERY, async c => {
    const definition = definitionOf(c.req.param('kind'))
    const { table } = definition
    const source = sourceOf(c.req.query('source'))
    const isWhole = replacesDays(c.req.query('replace'))
    const site = siteOf(c)
    const text = await readText(c.req.raw, LIMITS.importBytes)
    const json = isJson(text, c.req.header('content-type') ?? '')
    const lines = json ? jsonLines(text) : bounded(csvLines(text, definition))
    const today = dayOf(Date.now(), site.config.timezone)
    const { rows, refused } = readLines(lines, { definition, currency: site.config.currency, today })
    if (refused.length > 0 && c.req.query('partial') !== 'true') {
      const message = `Nothing was stored: ${refused.length} of ${lines.length} rows are invalid. Correct them, or add partial=true to the address to store the others.`
      return c.json({ error: { code: 'bad_rows', message }, refused }, 422)
    }
    const target = { kind: definition.kind, table, source, ...(isWhole && { isWholeDays: true as const }) }
    const replaced = await site.importRows(target, EXPANSIONS[table](rows))
    return c.json({ accepted: rows.length, replaced, refused })
  }),
]
