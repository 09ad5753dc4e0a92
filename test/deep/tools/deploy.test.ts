import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { PROJECT, readWorkerConfig } from '../../../tools/config'
import { temporaryFolder } from '../../tools/folder'

const DATABASE = { name: 'footfall', uuid: '11111111-1111-4111-8111-111111111111', version: 'production' }

/** The part of Cloudflare's API that wrangler needs, with a database that has these migrations. */
const cloudflare = async (applied: readonly string[]) => {
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    const { url = '' } = request
    asked.push(`${request.method} ${url}`)
    const { sql = '' }: { sql?: string } = url.endsWith('/query') ? JSON.parse(await text(request)) : {}
    const rows = /^select/i.test(sql.trim()) ? applied.map((name, index) => ({ id: index + 1, name })) : []
    const databases = /\/d1\/database\?/.test(url) ? [DATABASE] : DATABASE
    const result = url.endsWith('/query') ? [{ results: rows, success: true, meta: { duration: 1 } }] : databases
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ success: true, errors: [], messages: [], result }))
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const address = server.address()
  return { asked, url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}` }
}

/** `npm run deploy` to an account at an address, and its error output. */
const deploy = async (url: string, env: Record<string, string> = {}, project = PROJECT) => {
  const home = await temporaryFolder()
  const child = spawn(process.execPath, [join(project, 'tools/deploy.ts')], {
    cwd: project,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: home,
      CLOUDFLARE_API_BASE_URL: url,
      CLOUDFLARE_API_TOKEN: 'token',
      CLOUDFLARE_ACCOUNT_ID: 'account',
      ...env,
    },
  })
  const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  return { code, err }
}

const migrations = async (): Promise<string[]> => (await readdir(readWorkerConfig().migrationsDir)).sort()

const isOfWorker = (asked: string): boolean => asked.includes('/workers/')

test('nothing is deployed while the database lacks a migration, even after answering no', async () => {
  const { asked, url } = await cloudflare((await migrations()).slice(0, -1))
  const { code, err } = await deploy(url)
  const [last = ''] = (await migrations()).slice(-1)
  expect(err).toContain(
    `Nothing was deployed: the new Worker needs ${last}. Run npm run deploy again and answer yes.\n`,
  )
  expect([code, asked.filter(isOfWorker)]).toEqual([1, []])
})

test('a database with all migrations is deployed to', async () => {
  const { asked, url } = await cloudflare(await migrations())
  await deploy(url)
  expect(asked.some(isOfWorker)).toBe(true)
})

test('an admin token that is too short is rejected before anything else happens', async () => {
  const { asked, url } = await cloudflare([])
  expect(await deploy(url, { ADMIN_TOKEN: 'hunter2' })).toEqual({
    code: 1,
    err: 'ADMIN_TOKEN has fewer than 32 characters; make a new one with: openssl rand -hex 32\n',
  })
  expect(asked).toEqual([])
})

/** A copy of the project as the deploy button makes it: with a chosen name and the id of the new database. */
const buttonClone = async (vars = ''): Promise<string> => {
  const folder = await temporaryFolder()
  const files = ['package.json', 'tools', 'shared', 'snippet', 'worker', 'tsconfig.json']
  for (const file of files) await cp(join(PROJECT, file), join(folder, file), { recursive: true })
  await symlink(join(PROJECT, 'node_modules'), join(folder, 'node_modules'))
  const config = await readFile(join(PROJECT, 'wrangler.toml'), 'utf8')
  const named = `database_name = "chosen"\ndatabase_id = "${DATABASE.uuid}"`
  const chosen = `[vars]\n${vars}`
  const changed = config.replace('database_name = "footfall"', named).replace('[vars]\n', chosen)
  await writeFile(join(folder, 'wrangler.toml'), changed)
  return folder
}

test('the database of a deploy button is found by its binding, and scripts are deployed under the chosen paths', async () => {
  const { asked, url } = await cloudflare(await migrations())
  const folder = await buttonClone('SCRIPT_PATH = "/js/hello.js"\nENDPOINT_PATH = "/hi"\n')
  await deploy(url, {}, folder)
  const ofDatabases = asked.filter(one => one.includes('/d1/database'))
  expect(ofDatabases.length).toBeGreaterThan(0)
  expect(ofDatabases.filter(one => !one.includes(`/d1/database/${DATABASE.uuid}`))).toEqual([])
  expect(asked.some(isOfWorker)).toBe(true)
  const built = (file: string) => readFile(join(folder, 'dist/public', file), 'utf8')
  expect(await built('js/hello.js')).toBe((await built('s.js')).replace('"/v1/e"', '"/../hi"'))
  expect(await built('v.js')).toContain('"/hi"')
  expect(await built('js/m/cart.js')).toBe(await built('m/cart.js'))
  expect(await built('_headers')).toContain('/js/hello.js\n  cache-control: public, max-age=86400')
})

test('a chosen path that cannot be used stops the deploy', async () => {
  const { asked, url } = await cloudflare([])
  const bad = await deploy(url, {}, await buttonClone('ENDPOINT_PATH = "/api/hi"\n'))
  expect(bad).toEqual({ code: 1, err: expect.stringContaining('ENDPOINT_PATH has "/api/hi", but') })
  expect(asked).toEqual([])
})
