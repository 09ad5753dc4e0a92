import { FIRST_CUSTOM_EVENT } from '../../shared/events'
import { SITE_TABLES } from '../../worker/storage/siteTables'

/** The rows of each table of a site, each as JSON, sorted, with strings in place of their ids. */
export type Dump = Readonly<Record<string, readonly string[]>>

type Row = Record<string, unknown>

const DICTIONARIES = ['pages', 'sources', 'places', 'devices', 'names'] as const
type Dictionary = (typeof DICTIONARIES)[number]

const REFERENCES: Readonly<Record<string, Dictionary>> = {
  page: 'pages',
  entry: 'pages',
  exit: 'pages',
  source: 'sources',
  place: 'places',
  device: 'devices',
}

/** Fields of `context` of purchases, in this order; the rest are no ids. */
const CONTEXT = ['pages', 'sources', 'places', 'devices'] as const

type Resolve = (dictionary: Dictionary, id: unknown) => unknown

const resolved = ({ site: _, ...row }: Row, table: string, resolve: Resolve): Row => {
  const result = { ...row }
  for (const [column, dictionary] of Object.entries(REFERENCES)) {
    if (typeof row[column] === 'number') result[column] = resolve(dictionary, row[column])
  }
  if (table === 'events' && Number(row.name) >= FIRST_CUSTOM_EVENT) {
    result.name = resolve('names', Number(row.name) - FIRST_CUSTOM_EVENT)
  }
  if (typeof row.context === 'string') {
    const ids: unknown[] = JSON.parse(row.context)
    result.context = ids.map((id, n) => (id !== null && CONTEXT[n] ? resolve(CONTEXT[n], id) : id))
  }
  if (typeof row.open === 'string') result.open = JSON.parse(row.open).map(String).sort()
  return result
}

/** Columns that count writes, not contents. */
const COUNTERS = ['version', 'changes', 'additions']

const without = (row: Row, names: readonly string[]): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)))

/** Everything stored for a site, comparable with another site's. */
export const dump = async (
  db: D1Database,
  site: number,
  tables: readonly string[] = SITE_TABLES.filter(table => table !== 'keys' && !COUNTERS.includes(table)),
): Promise<Dump> => {
  const select = (table: string) => db.prepare(`select * from ${table} where site = ?1`).bind(site)
  const all = await db.batch<Row>([...DICTIONARIES, ...tables].map(select))
  const rowsOf = new Map([...DICTIONARIES, ...tables].map((table, n) => [table, all[n]?.results ?? []]))
  const texts = new Map(
    DICTIONARIES.flatMap(table =>
      (rowsOf.get(table) ?? []).map(
        row => [`${table}/${row.id}`, Object.values(without(row, ['id', 'site']))] as const,
      ),
    ),
  )
  const resolve: Resolve = (dictionary, id) => texts.get(`${dictionary}/${id}`) ?? `no ${dictionary} ${id}`
  const lines = (table: string) => {
    const left = DICTIONARIES.some(one => one === table) ? ['id'] : []
    return (rowsOf.get(table) ?? [])
      .map(row => JSON.stringify(without(resolved(row, table, resolve), [...COUNTERS, ...left])))
      .sort()
  }
  return Object.fromEntries(tables.map(table => [table, lines(table)]))
}

/** The rows that only one of two dumps holds. */
export const differingRows = (one: Dump, other: Dump): string[] =>
  Object.keys({ ...one, ...other }).flatMap(table => {
    const [a = [], b = []] = [one[table], other[table]]
    const [inA, inB] = [new Set(a), new Set(b)]
    return [
      ...a.filter(row => !inB.has(row)).map(row => `${table} - ${row}`),
      ...b.filter(row => !inA.has(row)).map(row => `${table} + ${row}`),
      ...(a.length === b.length ? [] : [`${table}: ${a.length} rows and ${b.length}`]),
    ]
  })
