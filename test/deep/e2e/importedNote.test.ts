import { chromium } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { startServer } from '../../../tools/server/server'
import { findChromium } from '../../chromium'
import { temporaryFolder } from '../../tools/folder'

test('the chart of imported days names them and the tool, that of other days does not', async () => {
  const server = await startServer({ port: 0, dataDir: await temporaryFolder(), quiet: true })
  onTestFinished(() => server.stop())
  const response = await fetch(`${server.url}/api/v1/imports/days?site=localhost&source=plausible`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.adminToken}` },
    body: JSON.stringify({ rows: [{ day: '2026-03-02', visitors: 12, sessions: 15, pageviews: 40 }] }),
  })
  expect(response.status).toBe(200)
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] })
  onTestFinished(() => browser.close())
  const page = await browser.newPage({ baseURL: server.url, locale: 'en-US' })
  await page.request.post('/login', { headers: { origin: server.url }, form: { token: server.adminToken } })
  const textOf = async (period: string): Promise<string> => {
    await page.goto(`/?site=localhost&period=${period}`)
    await page.waitForFunction(
      () => !document.querySelector('[aria-busy]') && !/Loading…/.test(document.body.innerText),
    )
    return page.innerText('main')
  }
  expect(await textOf('2026-03-01,2026-03-07')).toContain('Days within Mar 2, 2026 were imported from plausible.')
  expect(await textOf('2026-03-08,2026-03-09')).not.toContain('imported from')
})
