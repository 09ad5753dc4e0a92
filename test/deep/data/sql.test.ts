import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer, DateRange } from '../../../shared/question.ts'
import { type Server, startServer } from '../../../tools/server/server.ts'
import { publishedEvents, READERS, SHOP } from '../../oracle/published.ts'

const TABLES = ['pageviews', 'events', 'sessions', 'orders']
const PROJECT = join(import.meta.dirname, '../../..')

interface DocumentedQuery {
  readonly title: string
  readonly question: { readonly metrics: readonly [string]; readonly dimensions?: readonly string[] }
  readonly sql: string
}

/** The queries of docs/sql.md, as a reader finds them. */
const documentedQueries = async (): Promise<DocumentedQuery[]> => {
  const text = await readFile(join(PROJECT, 'docs/sql.md'), 'utf8')
  const sections = text.matchAll(/### (.+)\n\nEquals `(.+)`\.\n\n```sql\n([\s\S]+?)\n```/g)
  return [...sections].map(([, title = '', question = '', sql = '']) => ({
    title,
    question: JSON.parse(question),
    sql,
  }))
}

/** The views over the files in a bucket, as a reader finds them. */
const bucketViews = async (): Promise<string> =>
  /the views are:\n\n```sql\n([\s\S]+?)\n```/.exec(await readFile(join(PROJECT, 'docs/sql.md'), 'utf8'))?.[1] ?? ''

const DAYS = ['2026-01-30', '2026-01-31'] as const

/** Some sessions on two days, an order and a refund. */
const FEW_EVENTS = DAYS.flatMap((day, n) => {
  const event = { visitor_id: 'a', url: 'https://shop.example/', time: `${day}T10:00:00Z` }
  const order = { ...event, transaction_id: `T${n}`, currency: 'USD', time: `${day}T10:02:00Z` }
  return [
    { ...event, name: 'page_view' },
    { ...event, name: 'page_view', time: `${day}T10:01:00Z`, url: 'https://shop.example/cart' },
    { ...event, name: 'page_view', visitor_id: `b${n}` },
    { ...order, name: 'purchase', value: 40.5 + n },
    ...(n === 1 ? [{ ...order, name: 'refund', value: 10, time: `${day}T11:00:00Z` }] : []),
  ]
})

const events = { readers: publishedEvents(READERS.file), shop: publishedEvents(SHOP.file) }

describe('DuckDB', () => {
  let server: Server
  let folder: string
  let duckdb: DuckDBConnection

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'footfall-sql-'))
    const adminToken = 'the-admin-token-of-the-sql-test-is-long'
    server = await startServer({ port: 0, dataDir: join(folder, 'data'), adminToken, quiet: true })
    duckdb = await (await DuckDBInstance.create(':memory:')).connect()
  })
  afterAll(async () => {
    duckdb?.closeSync()
    await server?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const call = async (path: string, token: string, body?: string, type = 'application/json'): Promise<Response> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': type }
    const response = await fetch(`${server.url}/api/v1${path}`, { headers, ...(body && { method: 'POST', body }) })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return response
  }

  const newKey = async (domain: string, scope: string): Promise<string> => {
    const response = await call(`/sites/${domain}/keys`, server.adminToken, JSON.stringify({ name: scope, scope }))
    return ((await response.json()) as { key: string }).key
  }

  const siteWith = async (domain: string, given: readonly unknown[]): Promise<void> => {
    await call('/sites', server.adminToken, JSON.stringify({ domain, timezone: 'UTC', currency: 'USD' }))
    const write = await newKey(domain, 'write')
    for (let from = 0; from < given.length; from += 5_000) {
      const lines = given.slice(from, from + 5_000).map(event => JSON.stringify(event))
      await call(`/events?site=${domain}`, write, lines.join('\n'), 'application/x-ndjson')
    }
  }

  const download = async (domain: string, key: string, table: string, { from, to }: DateRange, file: string) => {
    const response = await call(`/sites/${domain}/export/${table}?period=${from},${to}&format=parquet`, key)
    await writeFile(file, new Uint8Array(await response.arrayBuffer()))
  }

  const loadTables = async (domain: string, period: DateRange): Promise<void> => {
    const key = await newKey(domain, 'export')
    for (const table of TABLES) {
      const file = join(folder, `${domain}-${table}.parquet`)
      await download(domain, key, table, period, file)
      await duckdb.run(`create or replace view ${table} as select * from '${file}'`)
    }
  }

  /** Files of single days, by the names that the cron gives them. */
  const loadFiles = async (domain: string): Promise<void> => {
    const key = await newKey(domain, 'export')
    for (const [table, day] of TABLES.flatMap(name => DAYS.map(one => [name, one] as const))) {
      const path = join(folder, `site=${domain}/table=${table}/day=${day}`)
      await mkdir(path, { recursive: true })
      await download(domain, key, table, { from: day, to: day }, join(path, 'rows.parquet'))
    }
    const views = (await bucketViews()).replaceAll(
      's3://footfall-exports/site=shop.example',
      `${folder}/site=${domain}`,
    )
    expect(views.match(/create view/g)).toHaveLength(TABLES.length)
    await duckdb.run(views.replaceAll('create view', 'create or replace view'))
  }

  /** Each group with the parts of the metric that the query gives. */
  const fromDuckdb = async ({ question, sql }: DocumentedQuery, { to }: DateRange): Promise<unknown[]> => {
    const { dimensions = [] } = question
    const reader = await duckdb.runAndReadAll(sql.replace('2026-01-31', to))
    return reader.getRowObjects().map(row => {
      const parts = Object.entries(row).filter(([name]) => !dimensions.includes(name))
      return [
        dimensions.map(name => row[name]),
        Object.fromEntries(parts.map(([name, value]) => [name, Number(value)])),
      ]
    })
  }

  const fromApi = async (domain: string, { question }: DocumentedQuery, period: DateRange): Promise<unknown[]> => {
    const { dimensions = [], metrics } = question
    const body = JSON.stringify({ ...question, site: domain, period })
    const { rows } = (await (await call('/query', server.adminToken, body)).json()) as Answer
    return rows.map(row => [dimensions.map(name => row.dimensions?.[name]), row.metrics[metrics[0]]])
  }

  const expectNumbersOfApi = async (domain: string, period: DateRange): Promise<void> => {
    const queries = await documentedQueries()
    expect(queries.length).toBeGreaterThan(9)
    for (const query of queries) {
      const told = await fromDuckdb(query, period)
      expect([query.title, await fromApi(domain, query, period)]).toMatchObject([query.title, told])
      expect([query.title, told.length > 0 || domain === 'shop.example']).toEqual([query.title, true])
    }
  }

  it('gives the numbers of the API over the files of single days', async () => {
    await siteWith('files.example', FEW_EVENTS)
    await loadFiles('files.example')
    await expectNumbersOfApi('files.example', { from: DAYS[0], to: DAYS[1] })
  })

  // Skipped when the data are not beside the project.
  it.skipIf(!events.readers || !events.shop).each([
    ['page readers', 'readers.example', events.readers, READERS.period],
    ['a shop', 'shop.example', events.shop, SHOP.period],
  ] as const)('gives the numbers of the API: %s', async (_, domain, given = [], period) => {
    await siteWith(domain, given)
    await loadTables(domain, period)
    await expectNumbersOfApi(domain, period)
  })
})
