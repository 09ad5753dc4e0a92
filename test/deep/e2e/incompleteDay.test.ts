import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { chromium } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { type Server, startServer } from '../../../tools/server/server'
import { findChromium } from '../../chromium'
import { temporaryFolder } from '../../tools/folder'

const start = (dataDir: string): Promise<Server> => startServer({ port: 0, dataDir, quiet: true })

/** The row that the cron stores after a day whose rows were used up. */
const markDay = async (dataDir: string): Promise<void> => {
  const folder = join(dataDir, 'd1/miniflare-D1DatabaseObject')
  const file = (await readdir(folder)).find(name => /^[0-9a-f]+\.sqlite$/.test(name)) ?? ''
  const db = new DatabaseSync(join(folder, file))
  const [from, to] = [Date.UTC(2026, 2, 10, 14), Date.UTC(2026, 2, 11)]
  db.prepare('insert into cron_runs (since, until, quota_from) values (?, ?, ?)').run(to, to, from)
  db.close()
}

const textOfOverview = async (server: Server, days: string): Promise<string> => {
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] })
  onTestFinished(() => browser.close())
  const page = await browser.newPage({ baseURL: server.url, locale: 'en-US' })
  await page.request.post('/login', { headers: { origin: server.url }, form: { token: server.adminToken } })
  await page.goto(`/?site=localhost&period=${days}`)
  await page.waitForFunction(() => !document.querySelector('[aria-busy]') && !/Loading…/.test(document.body.innerText))
  return page.innerText('main')
}

test('cards and charts of a day whose rows were used up say from when to when, those of other days nothing', async () => {
  const dataDir = await temporaryFolder()
  await (await start(dataDir)).stop()
  await markDay(dataDir)
  const server = await start(dataDir)
  onTestFinished(() => server.stop())
  const marked = await textOfOverview(server, '2026-03-10,2026-03-10')
  expect(marked).toContain('Incomplete data: nothing could be stored on 2026-03-10 (14:00 to 24:00 UTC)')
  expect(marked).toMatch(/Incomplete: nothing could be stored Mar 10, 2:00\sPM – Mar 11, 12:00\sAM\./)
  expect(await textOfOverview(server, '2026-03-08,2026-03-08')).not.toContain('Incomplete')
})
