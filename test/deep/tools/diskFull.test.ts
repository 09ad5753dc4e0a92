import { spawnSync } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ADMIN_TOKEN, freePort, LocalServer } from '../../chaos/server'
import { temporaryFolder } from '../../tools/folder'
import { runTool } from '../../tools/runTool'

const MB = 1024 * 1024

const mount = (...args: string[]): boolean => spawnSync('mount', args).status === 0

/** Only root may mount a small disk: these tests run nowhere else. */
const mayMount = process.getuid?.() === 0

/** A disk in memory. */
const smallDisk = async (size: string): Promise<string> => {
  const folder = await temporaryFolder()
  expect(mount('-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder)).toBe(true)
  onTestFinished(() => void spawnSync('umount', ['--lazy', folder]))
  return folder
}

const EVENTS = 100

const request = async (url: string, path: string, body: unknown) => {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    body: JSON.stringify(body),
  })
  return { status: response.status, retryAfter: response.headers.get('retry-after'), text: await response.text() }
}

const send = (url: string, n: number) =>
  request(url, '/api/v1/events?site=localhost', {
    events: Array.from({ length: EVENTS }, (_, k) => ({
      id: `${n}-${k}`,
      name: 'page_view',
      visitor_id: `v${k}`,
      url: `https://localhost/${n}/${k}/${'x'.repeat(500)}`,
    })),
  })

const countPageViews = async (url: string): Promise<number> => {
  const question = { site: 'localhost', metrics: ['pageviews'], period: 'today' }
  const { status, text } = await request(url, '/api/v1/query', question)
  expect(status).toBe(200)
  return JSON.parse(text).rows[0].metrics.pageviews.value
}

test.runIf(mayMount)(
  'a full disk is answered with 503; with free space everything goes on, and nothing is lost',
  async () => {
    const disk = await smallDisk('24m')
    const server = new LocalServer(await freePort(), join(disk, 'data'))
    onTestFinished(() => server.kill())
    await server.ready()
    let sent = 0
    for (;;) {
      const { status, retryAfter, text } = await send(server.url, sent)
      if (status !== 200) {
        expect([status, Number(retryAfter) > 0, JSON.parse(text).error.code]).toEqual([503, true, 'unavailable'])
        break
      }
      sent += 1
    }
    expect(sent).toBeGreaterThan(20)
    // SQLite may find room in its own files meanwhile.
    for (let more = 0; more < 3; more++) {
      const { status } = await send(server.url, sent)
      expect([200, 503]).toContain(status)
      if (status === 200) sent += 1
    }
    expect(server.printed).toContain('The database or its disk is full: free space')

    expect(mount('-o', 'remount,size=96m', disk)).toBe(true)
    expect((await send(server.url, sent)).status).toBe(200)
    expect(await countPageViews(server.url)).toBe((sent + 1) * EVENTS)
    expect((await send(server.url, sent)).text).toContain(`"duplicates":${EVENTS}`)
  },
)

test.runIf(mayMount)('a server does not start on a full disk, and says so in one sentence', async () => {
  const disk = await smallDisk('20m')
  const dataDir = join(disk, 'data')
  const ballast = join(disk, 'ballast')
  await writeFile(ballast, Buffer.alloc(12 * MB))
  const { code, out, err } = await runTool('start', [], { DATA_DIR: dataDir, PORT: '0', ADMIN_TOKEN })
  expect([code, out, err]).toEqual([
    1,
    '',
    `The disk of ${dataDir} is full. Free at least 16 MB, or choose a folder on another disk with DATA_DIR.\n`,
  ])
  await rm(ballast)
  const server = new LocalServer(await freePort(), dataDir)
  onTestFinished(() => server.kill())
  await server.ready()
})
