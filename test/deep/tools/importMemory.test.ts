import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { expect, onTestFinished, test } from 'vitest'
import { scripts } from '../../../package.json'
import { PROJECT } from '../../../tools/config'
import { processTree } from '../../processTree'
import { temporaryFolder } from '../../tools/folder'
import { umamiRows, umamiSessionRows } from '../../umamiRows'

const ROWS = 200_000
const SESSIONS = 400_000

/** Megabytes. docs/migrate.md promises them for events of any number, and 70 bytes for each session with a user. */
const MOST = 200 + (SESSIONS * 70) / 1_000_000

/** A collector that stores nothing. */
const collector = async (): Promise<{ readonly url: string; readonly rows: () => number }> => {
  let rows = 0
  const server = createServer(async (request, response) => {
    let lines = 1
    for await (const chunk of request) for (const byte of chunk as Buffer) if (byte === 10) lines++
    rows += lines
    response.end(JSON.stringify({ accepted: lines, duplicates: 0, refused: [] }))
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, rows: () => rows }
}

test('an import of a large file takes less memory than promised', async () => {
  const folder = await temporaryFolder()
  await pipeline(Readable.from(umamiRows(ROWS)), createWriteStream(join(folder, 'website_event.csv')))
  await pipeline(Readable.from(umamiSessionRows(SESSIONS)), createWriteStream(join(folder, 'session.csv')))
  const { url, rows } = await collector()
  const [, ...script] = scripts.import.split(' ')
  const args = ['umami', folder, '--site', 'shop.example', '--url', url, '--key', 'k']
  const child = spawn(process.execPath, [...script, ...args], { cwd: PROJECT, stdio: ['ignore', 'pipe', 'inherit'] })
  let peak = 0
  // The peak of the process so far; it cannot be read after its end.
  const watch = setInterval(() => {
    try {
      peak = Math.max(peak, processTree(child.pid ?? 0)[0]?.peakMegabytes ?? 0)
    } catch {}
  }, 20)
  let printed = ''
  child.stdout.on('data', chunk => (printed += chunk))
  const [code] = await once(child, 'close')
  clearInterval(watch)
  console.log(JSON.stringify({ peak: Math.round(peak) }))
  expect(printed).toContain('200,000 rows accepted, 0 already stored.')
  expect([code, rows()]).toEqual([0, ROWS])
  expect(peak).toBeGreaterThan(30)
  expect(peak).toBeLessThan(MOST)
})
