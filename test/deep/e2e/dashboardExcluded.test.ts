import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { addSite, loaded, open, openTab, seriousFindings, server, signIn } from '../../e2e/dashboardStage'

const SITE = 'shut.example'
const EXCLUDED = `/excluded?site=${SITE}`
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
let key = ''

/** Sends a record that is excluded; returns the reason. */
const send = async (host: string, headers: Readonly<Record<string, string>> = {}) => {
  const now = Date.now()
  const response = await fetch(`${server.url}/v1/e`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', 'user-agent': AGENT, ...headers },
    body: JSON.stringify({ v: 1, s: SITE, n: now, e: [{ i: 1, t: now, u: `https://${host}/` }] }),
  })
  return response.headers.get('x-footfall-dropped') ?? response.status
}

const postAsServer = async (...events: readonly object[]) => {
  const response = await fetch(`${server.url}/api/v1/events?site=${SITE}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.adminToken}` },
    body: JSON.stringify({ events }),
  })
  expect(response.status).toBe(200)
}

beforeAll(async () => {
  key = await addSite(SITE, 'read')
  expect(await send(SITE, { 'user-agent': 'curl/8.5.0' })).toBe('bot')
  expect(await send(SITE, { 'user-agent': 'curl/8.5.0' })).toBe('bot')
  expect(await send(SITE, { 'sec-purpose': 'prefetch' })).toBe('prefetch')
  for (const _ of [1, 2, 3]) expect(await send('evil.example')).toBe(403)
  await postAsServer({ name: 'purchase', visitor_id: 'v' }, { id: 'a', name: 'sign_up', visitor_id: 'v' })
  await postAsServer({ id: 'a', name: 'sign_up', visitor_id: 'v' })
})

const today = () => new Date().toISOString().slice(0, 10)

/** By group: each reason with its code and its count. */
const shown = (page: Page) =>
  page
    .locator('#reasons .family:has(.exclusion)')
    .evaluateAll(groups =>
      groups.map(group => [
        group.querySelector('h3')?.textContent,
        ...[...group.querySelectorAll('.exclusion')].map(item => [
          item.querySelector('h4')?.textContent,
          Number(item.querySelector('[data-value]')?.getAttribute('data-value')),
        ]),
      ]),
    )

const COUNTED = [
  [
    'Rejected: something to fix',
    ['Pages on another host foreign_hostname', 3],
    ['Event without transaction_id missing_transaction_id', 1],
  ],
  [
    'Filtered out on purpose',
    ['Bots and scripts bot', 2],
    ['Repeated events duplicate', 1],
    ['Preloaded pages prefetch', 1],
  ],
]

test('excluded records are counted by reason and day, with advice', async () => {
  const page = await open(EXCLUDED)
  expect(await shown(page)).toEqual(COUNTED)
  await page.getByText('If the host is yours, add it in Settings.').waitFor()
  await page.getByText('Send transaction_id with every event').waitFor()
  const cells = await page.locator('#reasons tbody td').allTextContents()
  expect(cells).toEqual(['3', '2', '1', '1', '1'])
  const heads = await page.locator('#reasons thead th').allTextContents()
  expect(heads.slice(0, 3)).toEqual(['Day', 'Pages on another host', 'Bots and scripts'])
  expect(await page.locator('#reasons tbody th').allTextContents()).toEqual([
    new Intl.DateTimeFormat('en-GB', {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: 'UTC',
    }).format(new Date()),
  ])
  expect(await page.locator('#reasons .spark polyline').count()).toBe(5)
})

test('the period is the only control, and a note says that filters do not apply', async () => {
  const page = await open(`${EXCLUDED}&is.country=SE`)
  expect(await page.getByRole('combobox', { name: 'Group by' }).isVisible()).toBe(false)
  expect(await page.getByRole('combobox', { name: 'Compare with' }).isVisible()).toBe(false)
  await page.getByText('Filters don’t apply here.').waitFor()
  expect(await shown(page)).toEqual(COUNTED)
  await page.getByRole('combobox', { name: 'Period' }).selectOption('yesterday')
  await page.getByText('Nothing was excluded in this period.').waitFor()
  await page.getByRole('combobox', { name: 'Period' }).selectOption('all')
  await page.locator('#reasons .exclusion').first().waitFor()
  expect(await shown(page)).toEqual(COUNTED)
})

test('the CSV has a line for each day and reason', async () => {
  const page = await open(`${EXCLUDED}&period=7d`)
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('#reasons [data-csv]').click()])
  const from = new Date(Date.now() - 6 * 86_400_000).toISOString().slice(0, 10)
  expect(file.suggestedFilename()).toBe(`excluded-requests_${SITE}_${from}_${today()}.csv`)
  const text = await readFile(await file.path(), 'utf8')
  expect(text.slice(1).split('\r\n')).toEqual([
    'day,reason,name,kind,count',
    `${today()},foreign_hostname,Pages on another host,rejected,3`,
    `${today()},bot,Bots and scripts,filtered,2`,
    `${today()},duplicate,Repeated events,filtered,1`,
    `${today()},missing_transaction_id,Event without transaction_id,rejected,1`,
    `${today()},prefetch,Preloaded pages,filtered,1`,
    '',
  ])
})

test('the menu and the tag page link here, and the owner can go on to the settings', async () => {
  const page = await open(`/tag?site=${SITE}`)
  await page.getByLabel(`Site: ${SITE}`).click()
  await page.locator('.menu').getByRole('link', { name: 'Excluded traffic' }).click()
  await page.getByRole('link', { name: 'Add domain' }).click()
  await page.waitForURL(`/settings?site=${SITE}#hostnames`)
  await addSite('quiet.example')
  await page.goto('/tag?site=quiet.example')
  await page.locator('#first-view').getByRole('link', { name: 'Excluded traffic' }).click()
  await page.getByText('Nothing was excluded in this period.').waitFor()
})

test('a read key sees the page without the link to the settings', async () => {
  const page = await openTab()
  await signIn(page, key)
  await page.goto('/excluded')
  await loaded(page)
  expect(await shown(page)).toEqual(COUNTED)
  expect(await page.getByRole('link', { name: 'Add domain' }).count()).toBe(0)
})

test.each([
  ['light', 1280],
  ['dark', 390],
] as const)('axe finds nothing serious, and nothing is wider than the page: %s, %d', async (colorScheme, width) => {
  const page = await open(EXCLUDED, { colorScheme, viewport: { width, height: 844 } })
  expect(await seriousFindings(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
})

test('excluded traffic is listed by page and program, and can be counted after all', async () => {
  const page = await open(EXCLUDED)
  const row = page.locator('#traffic tbody tr')
  expect(await row.locator('th, td').allTextContents()).toEqual([
    '/',
    'Bots and scripts',
    '(unknown)',
    'curl',
    'No',
    '2',
  ])
  await page.getByRole('checkbox', { name: 'Bots and scripts' }).uncheck()
  await page.getByRole('button', { name: 'Save and apply to past traffic' }).click()
  await page.locator('#traffic tbody td', { hasText: 'Yes' }).waitFor()
  expect(await page.getByRole('checkbox', { name: 'Bots and scripts' }).isChecked()).toBe(false)
  const viewer = await openTab()
  await signIn(viewer, key)
  await viewer.goto('/excluded')
  await loaded(viewer)
  expect(await viewer.locator('#traffic tbody tr').count()).toBe(1)
  expect(await viewer.locator('#traffic form').count()).toBe(0)
})
