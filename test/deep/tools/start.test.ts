import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { PROJECT } from '../../../tools/config'
import { temporaryFolder } from '../../tools/folder'

const START = join(PROJECT, 'tools/start.ts')
// Simulates npm: a parent that dies without forwarding the signal.
const NPM = `require('node:child_process').spawn(process.execPath, ['${START}'], { stdio: 'inherit' })`

/** `npm start` with its environment and its output so far. */
const run = async (env: Record<string, string>, args: readonly string[] = [START]) => {
  const dataDir = env.DATA_DIR ?? (await temporaryFolder())
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

/** The processes that a process started, from Linux's own list. */
const childrenOf = (pid: number | undefined): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)

/** A process that has ended may still be listed, until the machine's first process asks how. */
const isRunning = (pid: number): boolean =>
  existsSync(`/proc/${pid}`) && !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))

test('a port in use is reported in one sentence', async () => {
  const { port } = await listen()
  const { child, printed } = await run({ PORT: String(port) })
  expect(await exitCode(child)).toBe(1)
  expect(printed.out).toBe('')
  expect(printed.err).toMatch(new RegExp(`^Port ${port} is already in use\\. [^\\n]*PORT=\\d+ npm start\\.\\n$`))
})

test('an invalid port is reported in one sentence', async () => {
  const { child, printed } = await run({ PORT: '80 80' })
  expect(await exitCode(child)).toBe(1)
  expect(printed.err).toBe('PORT is "80 80", but must be a number up to 65535.\n')
})

test('prints all addresses and the admin token it made', async () => {
  const { child, printed } = await run({ PORT: '0' })
  await printing(child, printed, /Admin token/)
  const [, url] = /Dashboard {4}(http:\/\/127\.0\.0\.1:\d+)\/\n/.exec(printed.out) ?? []
  expect(printed.out).toContain(`Demo shop    ${url}/demo/\n`)
  expect(printed.out).toContain(`Script tag   <script defer src="${url}/s.js" data-site="localhost"></script>\n`)
  expect(printed.out).toMatch(/Admin token {2}[\w-]{43} {2}\(saved in .*admin-token\)\n/)
  expect((await fetch(`${url}/health`)).status).toBe(200)
})

test('prints a new admin token once, later only its file', async () => {
  const dataDir = await temporaryFolder()
  const first = await run({ PORT: '0', DATA_DIR: dataDir })
  await printing(first.child, first.printed, /Admin token.*\n/)
  const [, token = ''] = /Admin token {2}([\w-]{43}) {2}/.exec(first.printed.out) ?? []
  first.child.kill('SIGTERM')
  await exitCode(first.child)
  const again = await run({ PORT: '0', DATA_DIR: dataDir })
  await printing(again.child, again.printed, /Admin token.*\n/)
  expect(again.printed.out).toMatch(/Admin token {2}saved in .*admin-token\n/)
  expect(again.printed.out).not.toContain(token)
})

test('an admin token that is too short is reported in one sentence', async () => {
  const { child, printed } = await run({ PORT: '0', ADMIN_TOKEN: 'hunter2' })
  expect(await exitCode(child)).toBe(1)
  expect(printed.err).toBe('ADMIN_TOKEN has fewer than 32 characters; make a new one with: openssl rand -hex 32\n')
})

test('a second start on the same data is rejected in one sentence until the first ends or is killed', async () => {
  const dataDir = await temporaryFolder()
  const first = await run({ PORT: '0', DATA_DIR: dataDir })
  await printing(first.child, first.printed, /Script tag.*\n/)
  const second = await run({ PORT: '0', DATA_DIR: dataDir })
  expect([await exitCode(second.child), second.printed.out]).toEqual([1, ''])
  expect(second.printed.err).toBe(
    `Another Footfall process uses the data in ${dataDir}. Stop it, or choose another folder with DATA_DIR.\n`,
  )
  const workerd = childrenOf(first.child.pid)
  first.child.kill('SIGKILL')
  await exitCode(first.child)
  await expect.poll(() => workerd.filter(isRunning)).toEqual([])
  const third = await run({ PORT: '0', DATA_DIR: dataDir })
  await printing(third.child, third.printed, /Script tag.*\n/)
})

test('unusable values of HOST, TRUST_PROXY and GEO_DB are reported in one sentence', async () => {
  const host = await run({ PORT: '0', HOST: '192.0.2.1' })
  expect(await exitCode(host.child)).toBe(1)
  expect(host.printed.err).toBe(
    'HOST is "192.0.2.1", but must be an address of this machine, such as 127.0.0.1 or 0.0.0.0.\n',
  )
  const proxy = await run({ PORT: '0', TRUST_PROXY: 'loopback,nginx' })
  expect(await exitCode(proxy.child)).toBe(1)
  expect(proxy.printed.err).toBe(
    'TRUST_PROXY holds "nginx", but must be "loopback" or addresses such as 10.0.0.2 or 172.16.0.0/12, separated by commas.\n',
  )
  const geo = await run({ PORT: '0', GEO_DB: '/nowhere.mmdb' })
  expect(await exitCode(geo.child)).toBe(1)
  expect(geo.printed.err).toBe('GEO_DB is "/nowhere.mmdb", but this file cannot be read: ENOENT.\n')
})

test('listens on all addresses when configured', async () => {
  const { child, printed } = await run({ PORT: '0', HOST: '0.0.0.0' })
  await printing(child, printed, /Script tag.*\n/)
  const [, port] = /Dashboard {4}http:\/\/127\.0\.0\.1:(\d+)\/\n/.exec(printed.out) ?? []
  // Another address of the loopback network simulates another network of the machine.
  expect((await fetch(`http://127.0.0.2:${port}/health`)).status).toBe(200)
})

test('does not print a given admin token, and ends on a signal', async () => {
  const { child, printed } = await run({ PORT: '0', ADMIN_TOKEN: 'a-very-secret-token-that-was-given' })
  await printing(child, printed, /Script tag.*\n/)
  const [, url] = /Dashboard {4}(http:\/\/127\.0\.0\.1:\d+)\/\n/.exec(printed.out) ?? []
  child.kill('SIGTERM')
  expect(await exitCode(child)).toBe(0)
  expect(printed.out).not.toContain('secret')
  expect(printed.out).not.toContain('Admin token')
  await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed')
})

test('ends when workerd ends, so that whoever runs it starts it again', async () => {
  const { child, printed } = await run({ PORT: '0' })
  await printing(child, printed, /Admin token.*\n/)
  for (const pid of childrenOf(child.pid)) process.kill(pid, 'SIGKILL')
  expect(await exitCode(child)).toBe(1)
  expect(printed.err).toBe('workerd has ended, so the server ends too.\n')
})

test('ends with npm, which forwards no signal', async () => {
  const { child, printed } = await run({ PORT: '0', npm_lifecycle_event: 'start' }, ['--eval', NPM])
  await printing(child, printed, /Admin token.*\n/)
  const [, url] = /Dashboard {4}(http:\/\/127\.0\.0\.1:\d+)\/\n/.exec(printed.out) ?? []
  const closed = once(child, 'close')
  child.kill('SIGKILL')
  await closed
  await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed')
})
