import { type ImportDefinition, ORIGIN, ORIGIN_DIMENSIONS } from '../../../shared/imports'
import type { ImportRow } from '../../storage/importRow'
import { joinedRow } from '../../storage/joinedRow'
import { sourceOf } from '../enrich/source'
import { missingValue } from './missingValue'

const OTHER = '(other)'

type Dimension = (typeof ORIGIN_DIMENSIONS)[number]

/** What the collector would read from a landing page with these URL parameters. */
const valuesOf = (parameters: string): Readonly<Record<Dimension, string>> | null => {
  if (parameters === OTHER) return null
  const source = sourceOf(URL.parse(`https://site.example/?${parameters}`), '', () => false)
  return source ?? { channel: '', source: '', medium: '', campaign: '', term: '', content: '' }
}

const rowsOf = (row: ImportRow): ImportRow[] => {
  if (row.texts.dimension !== ORIGIN) return [row]
  const values = valuesOf(row.texts.value ?? '')
  return ORIGIN_DIMENSIONS.map(dimension => ({
    ...row,
    texts: { dimension, value: values ? values[dimension] || missingValue(dimension) : OTHER },
  }))
}

const expandOrigins = (rows: readonly ImportRow[]): ImportRow[] =>
  [...Map.groupBy(rows.flatMap(rowsOf), ({ day, texts }) => JSON.stringify([day, texts])).values()].map(joinedRow)

/** What rows mean, by the table that they are for. */
export const EXPANSIONS: Readonly<
  Record<ImportDefinition['table'], (rows: readonly ImportRow[]) => readonly ImportRow[]>
> = {
  imports: rows => rows,
  imported_days: expandOrigins,
}
