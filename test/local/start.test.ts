import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { PROJECT } from '../../worker/local/config'
import { temporaryFolder } from './folder'

const START = join(PROJECT, 'worker/local/start.ts')
// What npm is to the program: a parent that dies without passing the signal on.
const NPM = `require('node:child_process').spawn(process.execPath, ['${START}'], { stdio: 'inherit' })`

/** `npm start` with its environment, and what it has printed so far. */
const run = async (env: Record<string, string>, args: readonly string[] = [START]) => {
  const dataDir = await temporaryFolder()
  const child = spawn(process.execPath, args, {
    cwd: PROJECT,
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, ...env },
  })
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill()
    await once(child, 'exit')
  })
  const printed = { out: '', err: '' }
  child.stdout.on('data', chunk => (printed.out += chunk))
  child.stderr.on('data', chunk => (printed.err += chunk))
  return { child, printed }
}

const exitCode = async (child: ChildProcess) => (await once(child, 'close'))[0]

const printing = async (child: ChildProcess, printed: { out: string }, text: RegExp) => {
  while (!text.test(printed.out)) await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'exit')])
}

const listen = async (): Promise<{ server: Server; port: number }> => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const address = server.address()
  return { server, port: typeof address === 'object' && address ? address.port : 0 }
}

test('a port that is taken is told in one sentence', async () => {
  const { port } = await listen()
  const { child, printed } = await run({ PORT: String(port) })
  expect(await exitCode(child)).toBe(1)
  expect(printed.out).toBe('')
  expect(printed.err).toMatch(new RegExp(`^Port ${port} is taken: [^\\n]*PORT=\\d+ npm start\\.\\n$`))
})

test('a port that is none is told in one sentence', async () => {
  const { child, printed } = await run({ PORT: '80 80' })
  expect(await exitCode(child)).toBe(1)
  expect(printed.err).toBe('PORT is "80 80", but must be a number up to 65535.\n')
})

test('prints where everything is, and the admin token it made', async () => {
  const { child, printed } = await run({ PORT: '0' })
  await printing(child, printed, /Admin token/)
  const [, url] = /Dashboard {4}(http:\/\/127\.0\.0\.1:\d+)\/\n/.exec(printed.out) ?? []
  expect(printed.out).toContain(`Demo shop    ${url}/demo/\n`)
  expect(printed.out).toContain(`Script tag   <script defer src="${url}/s.js" data-site="localhost"></script>\n`)
  expect(printed.out).toMatch(/Admin token {2}[\w-]{43} {2}\(kept in .*admin-token\)\n/)
  expect((await fetch(`${url}/health`)).status).toBe(200)
})

test('keeps a given admin token to itself and ends when told', async () => {
  const { child, printed } = await run({ PORT: '0', ADMIN_TOKEN: 'very-secret' })
  await printing(child, printed, /Script tag.*\n/)
  const [, url] = /Dashboard {4}(http:\/\/127\.0\.0\.1:\d+)\/\n/.exec(printed.out) ?? []
  child.kill('SIGTERM')
  expect(await exitCode(child)).toBe(0)
  expect(printed.out).not.toContain('secret')
  expect(printed.out).not.toContain('Admin token')
  await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed')
})

test('ends with npm, which passes no signal on', async () => {
  const { child, printed } = await run({ PORT: '0', npm_lifecycle_event: 'start' }, ['--eval', NPM])
  await printing(child, printed, /Admin token.*\n/)
  const [, url] = /Dashboard {4}(http:\/\/127\.0\.0\.1:\d+)\/\n/.exec(printed.out) ?? []
  const closed = once(child, 'close')
  child.kill('SIGKILL')
  await closed
  await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed')
})
