import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Answer } from '../../../shared/question'
import type { Beacon, WireEvent } from '../../../shared/wire'
import { type Server, startServer } from '../../../tools/server/server'
import { AS_A_PERSON, findChromium } from '../../chromium'
import { TOUR_PAGES, tourBody } from './tourPages'

const FLAGS = [
  ...AS_A_PERSON,
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
]
const NAMES = Object.keys(TOUR_PAGES)
const POLL = { timeout: 20_000, interval: 50 }

let dataDir: string
let server: Server
let browser: Browser
const bodies = new Map<string, string>()
/** The events of each page, by the path of the page. */
const sent = new Map<string, WireEvent[]>()

/** `/driver` shows driver.js with the page's name for the guide, `/driver?unnamed` without. */
const pages = createServer((request, response) => {
  const { pathname, search } = new URL(request.url ?? '', 'http://localhost')
  const name = pathname.slice(1)
  const tag = `<script defer src="${server.url}/s.js" data-site="localhost" data-modules="tours"></script>`
  response
    .setHeader('content-type', 'text/html; charset=utf-8')
    .end(
      `<!doctype html><title>Test</title>${tag}<body${search ? '' : ` data-guide="${name} of the page"`}>${bodies.get(name)}`,
    )
})

/** Until the module has loaded, the script takes a page with `data-guide` for a step without a number. */
const isOfModule = ({ k, o }: WireEvent) => k !== undefined && o?.step !== null

const open = async (path: string): Promise<[Page, WireEvent[]]> => {
  const page = await browser.newPage()
  const events: WireEvent[] = []
  sent.set(path, events)
  page.on('request', request => {
    const body = request.postData()
    if (body) events.push(...((JSON.parse(body) as Beacon).e as WireEvent[]).filter(isOfModule))
  })
  await page.goto(`http://localhost:${(pages.address() as AddressInfo).port}/${path}`)
  return [page, events]
}

const until = (events: readonly WireEvent[], count: number) =>
  vi.waitFor(() => expect(events.length).toBeGreaterThanOrEqual(count), POLL)

const click = (page: Page, selector: string) => page.locator(selector).filter({ visible: true }).first().click()

/** Completes the tour, with one step back, and leaves the page at once. */
const complete = async (name: string) => {
  const { next, back, done } = TOUR_PAGES[name] as (typeof TOUR_PAGES)[string]
  const [page, events] = await open(name)
  await until(events, 1)
  await click(page, next)
  await until(events, 2)
  await click(page, back)
  await page.waitForFunction("document.body.innerText.includes('About #a')")
  await click(page, next)
  await page.waitForFunction("document.body.innerText.includes('About #b')")
  await click(page, next)
  await until(events, 3)
  await click(page, done)
  await page.waitForFunction("!document.body.innerText.includes('About #c')")
  await page.goto('about:blank')
}

/** Closes the tour on its second step: with its button, leaving the page at once, or with Escape, staying. */
const dismiss = async (name: string) => {
  const { next, close } = TOUR_PAGES[name] as (typeof TOUR_PAGES)[string]
  const [page, events] = await open(`${name}?unnamed`)
  await until(events, 1)
  await click(page, next)
  await until(events, 2)
  if (close) {
    await click(page, close)
    await page.waitForFunction("!document.body.innerText.includes('About #b')")
    await page.goto('about:blank')
  } else {
    await page.keyboard.press('Escape')
    await until(events, 3)
  }
}

const ask = async (metrics: readonly string[], dimensions: readonly string[]): Promise<Answer> => {
  // Two days, in case midnight falls within the test.
  const days = [Date.now() - 86_400_000, Date.now()].map(time => new Date(time).toISOString().slice(0, 10))
  const response = await fetch(`${server.url}/api/v1/query`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ site: 'localhost', metrics, dimensions, period: { from: days[0], to: days[1] } }),
  })
  return response.json()
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'footfall-'))
  server = await startServer({ port: 0, dataDir, quiet: true })
  for (const name of NAMES) bodies.set(name, await tourBody(TOUR_PAGES[name] as (typeof TOUR_PAGES)[string]))
  await once(pages.listen(0), 'listening')
  browser = await chromium.launch({ executablePath: await findChromium(), args: FLAGS })
  await Promise.all(NAMES.map(complete))
  await Promise.all(NAMES.map(dismiss))
})

afterAll(async () => {
  await browser?.close()
  pages.close()
  await server?.stop()
  await rm(dataDir, { recursive: true })
})

test.each(NAMES)('%s: each step is sent once', name => {
  const { guide, counted } = TOUR_PAGES[name] as (typeof TOUR_PAGES)[string]
  const step = (guide_id: string, number: number) => ({
    k: 'guide_step',
    o: { guide_id, step: number, interactive: false, ...(counted && { step_count: 3 }) },
  })
  const ofPage = `${name} of the page`
  expect(sent.get(name)?.slice(0, 3)).toMatchObject([step(ofPage, 1), step(ofPage, 2), step(ofPage, 3)])
  expect(sent.get(`${name}?unnamed`)?.slice(0, 2)).toMatchObject([step(guide, 1), step(guide, 2)])
})

test('guide metrics match how the tours were taken', async () => {
  const expected = Object.fromEntries(
    NAMES.flatMap(name => [
      [`${name} of the page`, [1, 1, 0]],
      [TOUR_PAGES[name]?.guide ?? '', [1, 0, 1]],
    ]),
  )
  await vi.waitFor(async () => {
    const { rows } = await ask(['guide_views', 'guide_completion_rate', 'guide_dismiss_rate'], ['guide'])
    const values = rows.map(({ dimensions, metrics }) => [
      dimensions?.guide,
      Object.values(metrics).map(({ value }) => value),
    ])
    expect(Object.fromEntries(values)).toEqual(expected)
  }, POLL)
})
