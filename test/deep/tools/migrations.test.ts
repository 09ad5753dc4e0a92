import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Miniflare } from 'miniflare'
import { beforeAll, expect, test } from 'vitest'
import { readWorkerConfig } from '../../../tools/config'
import { applyMigrations } from '../../../tools/server/migrate'
import { type Server, startServer } from '../../../tools/server/server'
import { workerdOptions } from '../../../tools/server/workerd'
import { METRICS } from '../../../worker/metrics/definitions'
import { temporaryFolder } from '../../tools/folder'

const config = readWorkerConfig()
const migrations = (await readdir(config.migrationsDir)).sort()
const HOUR = 3_600_000
const NOW = Math.floor(Date.now() / HOUR) * HOUR

type Row = Record<string, string | number | null>
type Tables = ReadonlyMap<string, readonly Row[]>

const open = async (dataDir: string) => {
  const folder = join(dataDir, 'd1/miniflare-D1DatabaseObject')
  const file = (await readdir(folder)).find(name => /^[0-9a-f]+\.sqlite$/.test(name)) ?? ''
  return new DatabaseSync(join(folder, file))
}

const OURS = "type in ('table', 'index', 'view') and name not like 'sqlite_%' and name not like '\\_cf%' escape '\\'"

/** The schema without white space, which `alter table` changes. */
const schemaOf = (db: DatabaseSync) =>
  db
    .prepare(`select name, sql from sqlite_schema where ${OURS} order by name`)
    .all()
    .map(({ name, sql }) => `${name}: ${String(sql).replaceAll(/\s+/g, ' ')}`)

const tablesOf = (db: DatabaseSync): Tables => {
  const names = db.prepare(`select name from sqlite_schema where ${OURS} and type = 'table'`).all()
  return new Map(
    names
      .map(row => String(row.name))
      .filter(name => name !== 'd1_migrations')
      .map(name => [name, db.prepare(`select * from ${name}`).all() as Row[]]),
  )
}

const call = async ({ url, adminToken }: Server, path: string, body: unknown) => {
  const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' }
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const text = await response.text()
  expect([path, response.status, text]).toEqual([path, 200, expect.any(String)])
  return JSON.parse(text)
}

/** Some days of some people, with an order sent twice, refunds, trials and a user who signs in. */
const EVENTS = Array.from({ length: 60 }, (_, n) => {
  const common = { id: `e${n}`, visitor_id: `v${n % 7}`, time: NOW - (60 - n) * 5 * HOUR }
  if (n % 10 === 3) return { ...common, name: 'purchase', transaction_id: `T${n % 4}`, value: n, currency: 'USD' }
  if (n % 10 === 5)
    return { ...common, name: 'chat_opened', properties: { n }, ...(n > 30 && { user_id: `u${n % 3}` }) }
  if (n % 10 === 7) return { ...common, name: 'refund', transaction_id: `T${n % 4}`, value: 1, currency: 'USD' }
  if (n % 10 === 9) return { ...common, name: 'trial_start', user_id: `u${n % 3}` }
  const url = `https://shop.example/${n % 5}?utm_source=letter&utm_campaign=c${n % 3}`
  return { ...common, name: 'page_view', url, country: ['SE', 'NO'][n % 2], engaged_seconds: (n % 4) * 2_000 }
})

/** Every metric in total, and the common ones by what migrations copied. */
const QUESTIONS = [
  { metrics: METRICS.map(({ id }) => id) },
  ...['country', 'entry_page', 'page', 'channel', 'utm_campaign', 'browser'].map(dimension => ({
    metrics: ['visitors', 'pageviews'],
    dimensions: [dimension],
  })),
].map(question => ({ site: 'localhost', period: 'all', granularity: 'week', ...question }))

const ask = async (server: Server) => {
  const answers = await call(server, '/api/v1/query', QUESTIONS)
  return answers.map(({ rows }: { rows: unknown }) => rows)
}

let newest: { schema: string[]; tables: Tables; answers: unknown }

const withServer = async <T>(dataDir: string, work: (server: Server) => Promise<T>): Promise<T> => {
  const server = await startServer({ port: 0, quiet: true, dataDir })
  try {
    return await work(server)
  } finally {
    await server.stop()
  }
}

beforeAll(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'footfall-'))
  const answers = await withServer(dataDir, async server => {
    expect(await call(server, '/api/v1/events?site=localhost', { events: EVENTS })).toMatchObject({ refused: [] })
    await server.runCron()
    return ask(server)
  })
  const db = await open(dataDir)
  newest = { schema: schemaOf(db), tables: tablesOf(db), answers }
  db.close()
  await rm(dataDir, { recursive: true })
})

/** A database with only the first migrations. */
const databaseOf = async (dataDir: string, names: readonly string[]): Promise<void> => {
  const folder = join(dataDir, 'migrations')
  await mkdir(folder)
  for (const name of names) await copyFile(join(config.migrationsDir, name), join(folder, name))
  const local = { host: '127.0.0.1', port: 0, dataDir, adminToken: '', demo: false, quiet: true }
  const miniflare = new Miniflare(workerdOptions(config, 'export default {}', local))
  expect(await applyMigrations(await miniflare.getD1Database('DB'), folder)).toEqual(names)
  await miniflare.dispose()
}

/** Fills the existing tables. */
const fill = (db: DatabaseSync, tables: Tables): void => {
  for (const name of tablesOf(db).keys()) {
    const columns = db
      .prepare(`select name from pragma_table_info('${name}')`)
      .all()
      .map(row => String(row.name))
    for (const row of tables.get(name) ?? []) {
      const known = columns.filter(column => column in row)
      const placeholders = known.map(() => '?').join(', ')
      db.prepare(`insert into ${name} (${known.join(', ')}) values (${placeholders})`).run(
        ...known.map(column => row[column] ?? null),
      )
    }
  }
}

test.each(migrations.map((name, index) => [name, index + 1] as const))(
  'a database at %s migrates with its data and answers as before',
  async (_name, count) => {
    const dataDir = await temporaryFolder()
    await databaseOf(dataDir, migrations.slice(0, count))
    const old = await open(dataDir)
    fill(old, newest.tables)
    const before = tablesOf(old)
    old.close()
    expect(before.get('views')?.length).toBeGreaterThan(20)

    const answers = await withServer(dataDir, ask)
    expect(answers).toEqual(newest.answers)
    await withServer(dataDir, server => server.runCron())

    const migrated = await open(dataDir)
    expect(schemaOf(migrated)).toEqual(newest.schema)
    expect(
      migrated
        .prepare('select name from d1_migrations order by id')
        .all()
        .map(row => row.name),
    ).toEqual(migrations)
    const after = tablesOf(migrated)
    for (const fact of ['sites', 'views', 'events', 'purchases', 'event_ids', 'identities', 'pages']) {
      expect(after.get(fact)).toMatchObject(before.get(fact) ?? [])
    }
    migrated.close()
  },
)

test('rollups without raw events are kept by measure from 0011_columns.sql on, the others are rebuilt', async () => {
  const before = migrations.slice(0, migrations.indexOf('0011_columns.sql'))
  const dataDir = await temporaryFolder()
  await databaseOf(dataDir, before)
  const old = await open(dataDir)
  fill(old, newest.tables)
  const [site] = newest.tables.get('sites') ?? []
  const [id, gone] = [Number(site?.id), 20_000]
  const groups = [
    ['/a', [[3, 0, 2], 0, [7]], [[0, -12, [1, null]]]],
    ['/b', [0, [5]], []],
    [
      '/a',
      [],
      [
        [0, -13, [2, 4]],
        [2, -12, [9]],
      ],
    ],
  ]
  const keep = old.prepare('insert into sums (site, dimension, day, part, version, cells) values (?, ?, ?, 0, 1, ?)')
  old.prepare('update sites set kept_day = ? where id = ?').run(gone + 1, id)
  keep.run(id, 'page', gone, JSON.stringify({ prints: [11, 22, 33], groups }))
  keep.run(id, 'country', gone, JSON.stringify({ prints: [11], groups: [] }))
  keep.run(id, 'page', gone + 1, JSON.stringify({ prints: [11], groups: [] }))
  old.close()

  await withServer(dataDir, async () => {})
  const migrated = await open(dataDir)
  const select = 'select dimension, day, cells from sums where day <= ? order by dimension, day'
  const rows = migrated.prepare(select).all(gone + 1)
  migrated.close()
  const parsed = (text: unknown) =>
    JSON.parse(String(text), (_key, value) =>
      typeof value === 'string' && /^\[/.test(value) ? JSON.parse(value) : value,
    )
  expect(rows.map(({ dimension, day, cells }) => [dimension, day, parsed(cells)])).toEqual([
    ['country', gone, { groups: [], sums: { 11: [] }, people: { 11: [] } }],
    [
      'page',
      gone,
      {
        groups: ['/a', '/b', '/a'],
        sums: {
          11: [
            [3, 0, 0],
            [0, 0, 0],
            [2, 0, 0],
          ],
          22: [[0, 5, 0]],
          33: [[7, 0, 0]],
        },
        people: {
          11: [
            [0, -12, [1, null]],
            [2, -13, [2, 4]],
          ],
          22: [],
          33: [[2, -12, [9]]],
        },
      },
    ],
  ])
})

test('unreported scroll depths and clicks are unknown from 0013_unknown.sql on', async () => {
  const dataDir = await temporaryFolder()
  await databaseOf(dataDir, migrations.slice(0, migrations.indexOf('0013_unknown.sql')))
  const old = await open(dataDir)
  const view = old.prepare(
    'insert into views (site, hour, visitor, id, at, page, seen, depth, clicks) values (1, ?, ?, ?, 0, 1, ?, ?, ?)',
  )
  const visit = old.prepare(
    `insert into visits (site, hour, visitor, at, last, duration, seen, views, clicks, actions, events)
    values (1, ?, ?, 0, 0, 0, ?, 1, ?, 0, 1)`,
  )
  const HOURS = [100, 101]
  // Begun and never left; left without a click; sent by a server; read by a user and left in the hour after.
  const rows: readonly (readonly [visitor: number, seen: number, depth: number, clicks: number])[] = [
    [1, 0, 0, 0],
    [2, 9_000, 80, 0],
    [3, 9_000, 0, 0],
    [4, 9_000, 50, 2],
  ]
  for (const [visitor, seen, depth, clicks] of rows) {
    view.run(HOURS[0] as number, visitor, visitor, seen, depth, clicks)
    visit.run(HOURS[0] as number, visitor, seen, clicks)
  }
  view.run(HOURS[0] as number, 5, 5, 1_000, 0, 0)
  view.run(HOURS[1] as number, 5, 6, 1_000, 40, 0)
  visit.run(HOURS[0] as number, 5, 2_000, 0)
  old.exec('insert into identities (site, visitor, user, since) values (1, 6, -6, 0)')
  view.run(HOURS[0] as number, 6, 7, 1_000, 40, 0)
  visit.run(HOURS[0] as number, -6, 1_000, 0)
  old.close()

  await withServer(dataDir, async () => {})
  const migrated = await open(dataDir)
  const views = migrated.prepare('select visitor, depth, clicks from views where site = 1 order by visitor, id').all()
  const visits = migrated.prepare('select visitor, clicks from visits where site = 1 order by visitor').all()
  migrated.close()
  expect(views.map(row => Object.values(row))).toEqual([
    [1, -1, -1],
    [2, 80, 0],
    [3, -1, -1],
    [4, 50, 2],
    [5, -1, -1],
    [5, 40, 0],
    [6, 40, 0],
  ])
  expect(visits.map(row => Object.values(row))).toEqual([
    [-6, 0],
    [1, -1],
    [2, 0],
    [3, -1],
    [4, 2],
    [5, 0],
  ])
})
