import { readFile } from 'node:fs/promises'
import { beforeAll, expect, test } from 'vitest'
import { addSite, open, post, rowsOf, seriousFindings, server } from '../../e2e/dashboardStage'

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const VIEW = 'site=shop.example&period=2026-03-02,2026-03-03'

const importRows = async (kind: string, rows: readonly object[]): Promise<void> => {
  const response = await fetch(`${server.url}/api/v1/imports/${kind}?site=shop.example`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ rows }),
  })
  expect(response.status).toBe(200)
}

const visit = (n: number, fields: object) => ({
  id: `e${n}`,
  name: 'page_view',
  visitor_id: `v${n}`,
  user_agent: CHROME,
  time: `2026-03-02T12:${String(n).padStart(2, '0')}:00Z`,
  url: 'https://shop.example/guides',
  ...fields,
})

beforeAll(async () => {
  for (const domain of ['shop.example', 'empty.example']) await addSite(domain)
  await post(
    [
      ...[0, 1, 2, 3].map(n => visit(n, { referrer: 'https://chatgpt.com/' })),
      visit(4, {
        visitor_id: 'v0',
        name: 'purchase',
        time: '2026-03-02T12:05:00Z',
        transaction_id: 'T',
        value: 10,
        currency: 'USD',
      }),
      ...Array.from({ length: 36 }, (_, n) => visit(n + 5, {})),
    ],
    'shop.example',
  )
  const fetched = { day: '2026-03-02', page: '/guides' }
  await importRows('ai_fetches', [
    { ...fetched, crawler: 'GPTBot', fetches: 30 },
    { ...fetched, crawler: 'ClaudeBot', fetches: 5 },
    { ...fetched, page: '/<b>', crawler: 'GPTBot', fetches: 2 },
  ])
  await importRows('served_pages', [{ day: '2026-03-02', browser: 'Chrome', pages: 80 }])
})

test('pages have their crawlers, the visits of assistants and how many converted', async () => {
  const page = await open(`/ai?${VIEW}`)
  expect(await rowsOf(page, 'fetchedPages')).toEqual([
    ['/guides', '35', 'GPTBot 30, ClaudeBot 5', '4', '~25%'],
    ['/<b>', '2', 'GPTBot 2', '0', '–'],
  ])
  expect(await rowsOf(page, 'crawlers')).toEqual([
    ['GPTBot', '32'],
    ['ClaudeBot', '5'],
  ])
  expect(await rowsOf(page, 'assistants')).toEqual([['ChatGPT', '4', '~25%']])
  expect(await seriousFindings(page)).toEqual([])
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('#fetchedPages [data-csv]').click(),
  ])
  const csv = await readFile(await download.path(), 'utf8')
  expect(csv.split('\r\n')[1]).toBe('/guides,35,"GPTBot 30, ClaudeBot 5",4,0.25')
})

test('visitors are estimated from the pages served, and other signals stand beside them', async () => {
  const page = await open(`/coverage?${VIEW}`)
  await page.getByText('At least 40 visitors, an estimated 80 ± 0.').waitFor()
  expect((await rowsOf(page, 'estimate'))[0]).toEqual(['Chrome', '40', '40', '80', '50%'])
  expect((await rowsOf(page, 'signals'))[0]).toEqual(['Visitors with Global Privacy Control', '0%', '40'])
  expect(await seriousFindings(page)).toEqual([])
})

test('without data, both pages say where it comes from', async () => {
  const ai = await open('/ai?site=empty.example')
  await ai.getByText('No AI service fetched a page in this period').waitFor()
  const coverage = await open('/coverage?site=empty.example')
  await coverage.getByText('No served pages in this period.').waitFor()
})
