import { EVENTS } from '../../shared/events'
import { HOUR } from '../../shared/time'
import { COUNTED_FACT_STATEMENTS } from './assembled/countedFactStatements'
import { jsonChunks } from './chunks'
import { type Database, statement } from './database'
import type { FactRow } from './factRow'

export type CountedTable = keyof typeof COUNTED_FACT_STATEMENTS

/** The key of a page view or event. */
export type FactKey = readonly [hour: number, visitor: number, id: number]

/** What filters compare of a stored page view or event. */
export interface CountedFact {
  readonly hour: number
  readonly visitor: number
  readonly id: number
  readonly hostname: string | null
  readonly path: string | null
  readonly country: string | null
  readonly browser: string | null
}

/** The next page views or events of browsers, in the order of their keys. */
export const readCountedFacts = async (
  db: Database,
  site: number,
  table: CountedTable,
  after: FactKey,
  most: number,
): Promise<CountedFact[]> =>
  (await db.all<CountedFact>(COUNTED_FACT_STATEMENTS[table].after, site, ...after, most)).rows

type Row = Readonly<Record<string, number | string | null>>

const parsed = (text: number | string | null | undefined) => (typeof text === 'string' ? JSON.parse(text) : null)

const reported = (value: number | string | null | undefined): number | null =>
  value === null || value === undefined || Number(value) < 0 ? null : Number(value)

const baseOf = (row: Row) => ({
  visitor: Number(row.visitor),
  previous: row.previous === null ? null : Number(row.previous),
  next: null,
  id: Number(row.id),
  time: Number(row.hour) * HOUR + Number(row.at),
  page: parsed(row.page),
  source: parsed(row.source),
  place: parsed(row.place),
  device: parsed(row.device),
  sentId: String(row.id),
  key: null,
  sentVisitor: '',
  client: null,
  late: false,
})

const viewOf = (row: Row): FactRow => ({
  ...baseOf(row),
  kind: 'view',
  browser: true,
  seen: Number(row.seen),
  depth: reported(row.depth),
  clicks: reported(row.clicks),
  vitals: { lcp: reported(row.lcp), inp: reported(row.inp), cls: reported(row.cls) },
})

const amount = (value: number | string | null | undefined): number | null =>
  value === null || value === undefined ? null : Number(value)

const textOf = (value: number | string | null | undefined): string | null =>
  value === null || value === undefined ? null : String(value)

const eventOf = (row: Row): FactRow => ({
  ...baseOf(row),
  kind: 'event',
  // A browser's event of money is marked, any other is not.
  browser: row.unconfirmed === 1,
  name: textOf(row.custom) ?? EVENTS[Number(row.name)]?.name ?? '',
  active: row.active === 1,
  currency: textOf(row.currency),
  value: amount(row.value),
  tax: amount(row.tax),
  shipping: amount(row.shipping),
  transactionId: textOf(row.transaction_id),
  items: parsed(row.items),
  properties: parsed(row.properties),
})

/** The rows of page views or events as they were stored. */
export const readFactRows = async (
  db: Database,
  site: number,
  table: CountedTable,
  keys: readonly FactKey[],
): Promise<FactRow[]> => {
  const chunks = jsonChunks(keys)
  if (chunks.length === 0) return []
  const results = await db.batch<Row>(chunks.map(chunk => statement(COUNTED_FACT_STATEMENTS[table].whole, site, chunk)))
  return results.flatMap(({ rows }) => rows.map(table === 'views' ? viewOf : eventOf))
}
