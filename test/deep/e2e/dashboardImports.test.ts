import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { BlobReader, BlobWriter, ZipWriter } from '@zip.js/zip.js'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { addSite, ask, open, openTab, seriousFindings, server, signIn } from '../../e2e/dashboardStage'
import { IMPORTS_FOLDER } from '../../readImport'

const fileOf = (path: string) => join(IMPORTS_FOLDER, path)

const UMAMI = readdirSync(fileOf('umami'))
  .filter(name => name.endsWith('.csv'))
  .map(name => fileOf(`umami/${name}`))
const WEBSITE = 'b59e9c65-ae32-47f1-8400-119fcf4861c4'

/** A folder's files in a ZIP. */
const zipped = async (folder: string): Promise<Buffer> => {
  const zip = new ZipWriter(new BlobWriter())
  for (const name of readdirSync(fileOf(folder)))
    await zip.add(name, new BlobReader(new Blob([new Uint8Array(readFileSync(fileOf(`${folder}/${name}`)))])))
  return Buffer.from(await (await zip.close()).arrayBuffer())
}

/** The tab of a new site, with its form loaded. */
const openImports = async (site: string): Promise<Page> => {
  await addSite(site)
  const page = await open(`/settings?site=${site}&tab=imports`)
  await page.waitForSelector('#imports select:enabled')
  return page
}

const choose = async (page: Page, source: string, files: Parameters<Page['setInputFiles']>[1]): Promise<void> => {
  await page.selectOption('#imports select', source)
  await page.setInputFiles('#imports [name=files]', files)
}

/** Presses a button and returns the text of the report. */
const report = async (page: Page, button: 'Dry run' | 'Import' | 'Compare'): Promise<string> => {
  await page.click(`#imports >> button:text-is("${button}")`)
  await page.waitForSelector('#imports [data-report]')
  return page.innerText('#imports [data-body]')
}

const figuresOf = async (site: string): Promise<unknown> => {
  const { rows } = await ask({ site, metrics: ['pageviews', 'visitors', 'sessions'], period: 'all' })
  return Object.values(rows[0]?.metrics ?? {}).map(({ value }) => value)
}

test('Umami’s files: a dry run sends nothing, an import is reported and compared, a second one adds nothing', async () => {
  const site = 'umami.shop.example'
  const page = await openImports(site)
  await choose(page, 'umami', UMAMI)
  expect(await page.innerText('#imports [data-takes]')).toContain('website_event')
  await page.fill('#imports [name=website]', WEBSITE)
  const dry = await report(page, 'Dry run')
  expect(dry).toContain('Nothing was sent.')
  expect(dry).toContain('6 page_view')
  expect(dry).toContain('1 rows of other websites: name the one to import with the field “Website”')
  expect(await figuresOf(site)).toEqual([0, 0, 0])

  const first = await report(page, 'Import')
  expect(first).toContain('9 rows accepted, 0 already stored.')
  expect(await page.locator('#imports table tr').allInnerTexts()).toEqual([
    'Day\tPage views\tVisitors\tSessions\tBounce rate',
    '2026-01-31\t4 / 4\t2 / 2\t2 / 3\t50.0 % / 66.7 %',
    '2026-02-01\t2 / 2\t2 / 2\t2 / 2\t100.0 % / 50.0 %',
    'Total\t6 / 6\t4 / 4\t4 / 5\t75.0 % / 60.0 %',
  ])
  expect(first).toContain('Sessions (4 / 5 in total): ')
  expect(await figuresOf(site)).toEqual([6, 4, 5])
  expect(await report(page, 'Import')).toContain('0 rows accepted, 9 already stored.')
  const compared = await report(page, 'Compare')
  expect(compared).toContain('Nothing was sent.')
  expect(compared).toContain('Sessions (4 / 5 in total): ')
  await page.fill('#imports [name=before]', '2026-02-01')
  expect(await report(page, 'Dry run')).toContain('4 rows from 2026-02-01 on')
  await page.fill('#imports [name=before]', '2020-01-01')
  expect(await report(page, 'Compare')).toContain('The file contains no daily figures to compare.')
  expect(await seriousFindings(page)).toEqual([])
})

test('a dropped gzip of a log and a ZIP of days are read; the page names the imported days', async () => {
  const page = await openImports('log.shop.example')
  await page.selectOption('#imports select', 'access-log')
  const log = gzipSync(readFileSync(fileOf('accessLog/combined.log'))).toString('base64')
  await page.evaluate(text => {
    const files = new DataTransfer()
    files.items.add(new File([Uint8Array.from(atob(text), one => one.charCodeAt(0))], 'access.log.gz'))
    document
      .querySelector('#imports form')
      ?.dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true }))
  }, log)
  const text = await report(page, 'Import')
  expect(text).toContain('6 rows accepted')
  expect(text).toContain('Page views (10 / 6 in total): ')
  expect(await page.isVisible('#imports [data-imported]')).toBe(false)

  await choose(page, 'plausible', {
    name: 'export.zip',
    mimeType: 'application/zip',
    buffer: await zipped('plausible'),
  })
  expect(await report(page, 'Import')).toContain('45 rows accepted')
  await expect.poll(() => page.innerText('#imports [data-imported]')).toContain('were imported from plausible')
})

test('a cancelled import says so at once, and the same files can be imported after it', async () => {
  const site = 'cancelled.shop.example'
  const page = await openImports(site)
  await choose(page, 'access-log', fileOf('accessLog/combined.log'))
  const address = '**/api/v1/events?*'
  await page.route(address, route => route.fulfill({ status: 503, headers: { 'retry-after': '100' }, body: '{}' }))
  const asked = page.waitForResponse(address)
  await page.click('#imports >> button:text-is("Import")')
  await asked
  expect(await page.locator('#imports progress').getAttribute('aria-label')).not.toBe('')
  await page.click('#imports [data-cancel]')
  await page.waitForSelector('#imports [data-report]')
  expect(await page.innerText('#imports [role=alert] >> nth=-1')).toMatch(/^Cancelled\./)
  expect(await figuresOf(site)).toEqual([0, 0, 0])
  await page.unroute(address)
  expect(await report(page, 'Import')).toContain('6 rows accepted')
})

test('files that cannot be read are explained, and nothing is sent', async () => {
  const page = await openImports('broken.shop.example')
  const zip = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200)])
  const cut = gzipSync(readFileSync(fileOf('accessLog/combined.log'))).subarray(0, 200)
  const files = [
    ['umami', 'export.zip', zip, 'export.zip is not a complete ZIP file. Download it again.'],
    ['matomo', 'notes.txt', Buffer.from('Hello'), 'notes.txt is not a Matomo export that Footfall can read.'],
    ['access-log', 'log.gz', cut, 'The files are damaged or incomplete'],
  ] as const
  for (const [source, name, buffer, message] of files) {
    await choose(page, source, { name, mimeType: 'text/plain', buffer })
    expect(await report(page, 'Import')).toContain(message)
  }
  expect(await figuresOf('broken.shop.example')).toEqual([0, 0, 0])
})

test('the first load of the settings does not load the importers, which come with their tab', async () => {
  const page = await openTab()
  await signIn(page)
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  let bytes = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await page.goto('/settings?site=localhost')
  await page.waitForLoadState('networkidle')
  const before = bytes
  expect(before).toBeGreaterThan(10_000)
  expect(before).toBeLessThanOrEqual(90_000)
  await page.click('#settings-tabs >> text=Imports & exports')
  await page.waitForSelector('#imports select:enabled')
  await expect.poll(() => bytes).toBeGreaterThan(before + 10_000)
  console.log(`The settings transferred ${before} bytes, and ${bytes - before} more with the importers.`)
})

test('rows are downloaded with the session, and the command for a key is shown', async () => {
  const page = await open('/settings?site=umami.shop.example&tab=imports')
  await page.selectOption('#exports [name=format]', 'csv')
  await page.fill('#exports [name=from]', '2026-01-31')
  await page.fill('#exports [name=to]', '2026-02-01')
  expect(await page.innerText('#exports [data-command]')).toContain(
    `${server.url}/api/v1/sites/umami.shop.example/export/pageviews?format=csv&period=2026-01-31,2026-02-01`,
  )
  const download = page.waitForEvent('download')
  await page.click('#exports >> button:text-is("Download")')
  const file = await download
  expect(file.suggestedFilename()).toBe('pageviews_umami.shop.example_2026-01-31_2026-02-01.csv')
  expect(
    readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\n'),
  ).toHaveLength(7)
})
