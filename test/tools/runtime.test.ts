import { Miniflare } from 'miniflare'
import { expect, onTestFinished, test, vi } from 'vitest'
import { readWorkerConfig } from '../../tools/config'
import control from '../../tools/server/inside/control'
import { loadBuild } from '../../tools/server/loadBuild'
import { type Runtime, startRuntime } from '../../tools/server/runtime'
import { CF_HEADER } from '../../tools/server/runtimeConfig'
import { workerdOptions } from '../../tools/server/workerd'
import { temporaryFolder } from './folder'

const TOKEN = 'a token with "quotes", \\ and ö'

/** Runs another Worker in place of the collector. */
const start = async (collector: string, vars: Record<string, unknown> = {}): Promise<Runtime> => {
  const build = await loadBuild()
  const options = { dataDir: await temporaryFolder(), adminToken: TOKEN, demo: true, store: 'd1', quiet: true } as const
  const runtime = await startRuntime({ ...build, vars, modules: { ...build.modules, collector } }, options)
  onTestFinished(() => runtime.stop())
  return runtime
}

const ECHO = `export default {
  fetch: ({ headers, cf, url }, { DB, ...env }) => Response.json({ cf: cf ?? null, scheme: new URL(url).protocol, env })
}`

test('the Worker gets its variables, the place and the scheme', async () => {
  const { url } = await start(ECHO, { ACCESS_TEAM: 'a "team" \\ ö', LIMITS: { a: [1] } })
  const headers = { [CF_HEADER]: '{"city":"Malm\\u00f6"}', 'x-forwarded-proto': 'https' }
  expect(await (await fetch(url, { headers })).json()).toEqual({
    cf: { city: 'Malmö' },
    scheme: 'https:',
    env: { ADMIN_TOKEN: TOKEN, DEMO: '1', ACCESS_TEAM: 'a "team" \\ ö', LIMITS: { a: [1] } },
  })
  expect(await (await fetch(url)).json()).toMatchObject({ cf: null, scheme: 'http:' })
})

/** Each answers with its results or its error; a batch is one transaction. */
const DATABASE = `const STATEMENTS = [
  [['create table a (x integer primary key, y text, z blob) strict']],
  [['insert into a (y) values (?1), (?2)', 'one', null], ['insert into a (y) values (?1)', 'ö']],
  [['select *, ?1 as given, 1.5 as real, 9007199254740991 as most from a', 'é']],
  [['update a set y = ?1 where x > 1', 'changed'], ['select count(*) as n from a where y = ?1', 'changed']],
  [['insert into a (y) values (?1)', 'undone'], ['insert into nowhere values (1)']],
  [['select * from a where y = ?1', 'undone']],
  [['selec']],
  [['insert into a (x) values (1)']],
  [['delete from a where x = 1']],
  [['select x, x from a']],
]
const outcome = async (DB, statements) => {
  const prepared = statements.map(([sql, ...values]) => DB.prepare(sql).bind(...values))
  try {
    const results = prepared.length === 1 ? [await prepared[0].all()] : await DB.batch(prepared)
    return results.map(({ success, results, meta }) => ({
      success, results, changes: meta.changes, last: meta.last_row_id, read: meta.rows_read, written: meta.rows_written,
    }))
  } catch (error) {
    return error.message
  }
}
export default {
  fetch: async (request, { DB }) => {
    const outcomes = []
    for (const statements of STATEMENTS) outcomes.push(await outcome(DB, statements))
    outcomes.push(await DB.prepare('select x, y from a').raw({ columnNames: true }))
    return Response.json(outcomes)
  },
}`

test('the database answers as the D1 of Miniflare, in which the Worker is tested', async () => {
  const local = {
    host: '127.0.0.1',
    port: 0,
    dataDir: await temporaryFolder(),
    adminToken: '',
    demo: false,
    quiet: true,
  }
  const miniflare = new Miniflare(workerdOptions(readWorkerConfig(), DATABASE, local))
  onTestFinished(() => miniflare.dispose())
  const expected: unknown[] = await (await fetch(await miniflare.ready)).json()
  expect(expected.filter(one => typeof one === 'string')).toHaveLength(3)
  expect(await (await fetch((await start(DATABASE)).url)).json()).toEqual(expected)
})

test('a Worker whose scheduled handler throws is reported, and one that cannot start', async () => {
  const failing = await start('export default { fetch: () => new Response(), scheduled: () => { throw new Error() } }')
  await expect(failing.runScheduled()).rejects.toThrow('The scheduled run ended with "exception".')
  await expect(start('this is no module')).rejects.toThrow('workerd ended before it listened.')
})

test('what the Worker logs is printed as it logged it; a quiet server prints warnings and errors only', async () => {
  const lines: unknown[] = []
  for (const method of ['log', 'error'] as const) {
    const printed = vi.spyOn(console, method).mockImplementation(line => void lines.push(`${method}: ${line}`))
    onTestFinished(() => printed.mockRestore())
  }
  const { url } = await start(`export default { fetch: () => {
    console.log('a note')
    console.warn('{"level":"warn"}')
    console.error('{"code":"unavailable"}')
    return new Response()
  } }`)
  await fetch(url)
  await expect.poll(() => lines).toEqual(['error: {"level":"warn"}', 'error: {"code":"unavailable"}'])
})

test('only the process that started workerd can control it', async () => {
  const env = { SECRET: 's', DB: {} as D1Database, COLLECTOR: { scheduled: async () => expect.unreachable() } }
  for (const headers of [{}, { authorization: 'Bearer t' }, { authorization: 's' }]) {
    const response = await control.fetch(new Request('http://control/scheduled', { method: 'POST', headers }), env)
    expect(response.status).toBe(403)
  }
})
