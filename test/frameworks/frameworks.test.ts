import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, readdir, rename } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { PROJECT } from '../../tools/project'
import { TRACKER } from '../../tools/tracker/buildTracker'
import { allArrived, collector, openTab } from '../e2e/stage'
import { sharedFolder } from '../tools/folder'

const folder = sharedFolder()

/** npm is a batch file on Windows. */
const SHELL = { shell: process.platform === 'win32' }
// Vitest sets NODE_ENV, which would make SvelteKit build for development.
const ENV = { ...process.env, NODE_ENV: 'production', ASTRO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1' }

const npm = (cwd: string, ...args: string[]) => promisify(execFile)('npm', args, { cwd, env: ENV, ...SHELL })

let running: ChildProcess | undefined
let front: Server | undefined

beforeAll(async () => {
  await npm(PROJECT, 'run', 'tracker')
  await npm(TRACKER, 'pack', '--ignore-scripts', '--pack-destination', folder())
  const [packed = ''] = await readdir(folder())
  await rename(join(folder(), packed), join(folder(), 'footfall-tracker.tgz'))
})

afterEach(async () => {
  front?.closeAllConnections()
  front?.close()
  const server = running
  running = undefined
  if (!server?.pid) return
  // The whole group, because the server is a child of npm.
  process.kill(-server.pid)
  await once(server, 'exit')
})

const portOf = (server: Server): number => (server.address() as AddressInfo).port

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const port = portOf(server)
  server.close()
  await once(server, 'close')
  return port
}

/** One address for an app and the collector, as behind a proxy. */
const inFrontOf = async (app: string): Promise<string> => {
  front = createServer((asked, answer) => {
    const path = asked.url ?? '/'
    const target = /^\/(s\.js|m\/.*|v1\/e)$/.test(path) ? collector.url(path) : app + path
    const passed = request(target, { method: asked.method, headers: asked.headers }, response => {
      answer.writeHead(response.statusCode ?? 502, response.headers)
      response.pipe(answer)
    })
    asked.pipe(passed)
  }).listen(0)
  await once(front, 'listening')
  return `http://localhost:${portOf(front)}`
}

/** Installs, builds and serves an app, with the collector beside it. Returns its address. */
const serve = async (app: string): Promise<string> => {
  const home = join(folder(), app)
  await cp(join(PROJECT, 'test/frameworks', app), home, { recursive: true })
  await npm(home, 'install', '--no-audit', '--no-fund')
  await npm(home, 'run', 'build')
  const port = String(await freePort())
  running = spawn('npm', ['run', 'serve', '--', '--port', port], {
    cwd: home,
    env: ENV,
    stdio: 'ignore',
    detached: true,
    ...SHELL,
  })
  const url = `http://localhost:${port}`
  await vi.waitFor(() => fetch(url), { timeout: 60_000, interval: 100 })
  return inFrontOf(url)
}

/** The path counted when the account page redirects to the sign-in: Next.js changes the address before it redirects. */
const CASES = [
  { app: 'next', redirected: '/account' },
  { app: 'astro', redirected: '/login' },
  { app: 'sveltekit', redirected: '/login' },
] as const

test.each(CASES)('an app of $app counts each route once', async ({ app, redirected }) => {
  const url = await serve(app)
  const page = await openTab()
  const problems: string[] = []
  page.on('pageerror', error => problems.push(String(error)))
  page.on('console', message => problems.push(message.text()))
  await page.goto(url)
  await collector.until('views', 1)
  await page.click('text=Add')
  await page.click('text=Mug')
  await page.waitForSelector('h1:text("The mug")')
  await page.click('text=Large')
  await page.waitForURL('**/mug?size=l')
  await page.click('text=Account')
  await page.waitForSelector('h1:text("Login")')
  await collector.until('views', 3)
  await page.click('text=Add')
  await page.goBack({ waitUntil: 'commit' })
  await page.waitForSelector('h1:text("The mug")')
  await collector.until('views', 4)
  await allArrived(page)
  expect(collector.views.map(({ u }) => u.slice(url.length))).toEqual(['/', '/mug', redirected, '/mug?size=l'])
  expect(collector.events.map(({ k }) => k)).toEqual(['add_to_cart', 'add_to_cart'])
  expect(problems).toEqual([])
})
