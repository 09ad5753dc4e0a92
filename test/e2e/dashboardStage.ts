import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe from 'axe-core'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { Answer, Question } from '../../shared/question'
import { type Server, startServer } from '../../tools/server/server'
import { findChromium } from '../chromium'

const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']

/** The local server of this file's tests; it has the site localhost. */
export let server: Server
let browser: Browser
let dataDir: string
const contexts: BrowserContext[] = []
const complaints: string[] = []

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'footfall-'))
  server = await startServer({ port: 0, dataDir, quiet: true })
  browser = await chromium.launch({ executablePath: await findChromium(), args: FLAGS })
})

afterEach(async () => {
  await Promise.all(contexts.splice(0).map(context => context.close()))
  // Problems of the pages: script errors, and violations of the Content-Security-Policy.
  expect(complaints.splice(0)).toEqual([])
})

afterAll(async () => {
  await browser.close()
  await server.stop()
  await rm(dataDir, { recursive: true })
})

const EXPECTED = /Failed to load resource/

/** A tab of a reader who has not signed in. */
export const openTab = async (options: BrowserContextOptions = {}): Promise<Page> => {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    ...options,
  })
  contexts.push(context)
  const page = await context.newPage()
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text())
  })
  return page
}

/** Signs a tab's browser in without the form. */
export const signIn = async (page: Page, token = server.adminToken): Promise<void> => {
  const headers = { origin: server.url }
  const response = await page.request.post('/login', { headers, form: { token }, maxRedirects: 0 })
  expect(response.status()).toBe(303)
}

/** No panel is loading. */
export const loaded = async (page: Page): Promise<void> => {
  await page.waitForFunction(
    () =>
      !document.querySelector('[aria-busy]') &&
      ![...document.querySelectorAll('[data-loading]')].some(one => one.checkVisibility()),
  )
}

/** A page of the dashboard for the owner, with its panels loaded. */
export const open = async (path: string, options: BrowserContextOptions = {}): Promise<Page> => {
  const page = await openTab(options)
  await signIn(page)
  await page.goto(path)
  await loaded(page)
  return page
}

const asAdmin = (path: string, body: unknown): Promise<Response> =>
  fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

/** Queries the API, about localhost and the last 30 days by default. */
export const ask = async (question: Omit<Question, 'site'> & { site?: string }): Promise<Answer> =>
  (await asAdmin('/api/v1/query', { site: 'localhost', ...question })).json() as Promise<Answer>

/** Adds a site; returns its key of a scope, if requested. */
export const addSite = async (domain: string, scope?: 'read' | 'write'): Promise<string> => {
  await asAdmin('/api/v1/sites', { domain })
  if (!scope) return ''
  const response = await asAdmin(`/api/v1/sites/${domain}/keys`, { name: scope, scope })
  const { key } = (await response.json()) as { key: string }
  return key
}

/** Sends events from a server. */
export const post = async (events: readonly unknown[], site = 'localhost'): Promise<void> => {
  const answer = await (await asAdmin(`/api/v1/events?site=${site}`, { events })).json()
  expect(answer).toMatchObject({ accepted: events.length, refused: [] })
}

/** Sends a page view at an address, as the snippet does. */
export const visit = async (url: string, site = 'localhost'): Promise<void> => {
  const now = Date.now()
  const response = await fetch(`${server.url}/v1/e`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0' },
    body: JSON.stringify({ v: 1, s: site, n: now, e: [{ i: now % 2 ** 31, t: now, u: url }] }),
  })
  expect([response.status, response.headers.get('x-footfall-dropped')]).toEqual([204, null])
}

/** Every width that the dashboard is made for, light and dark. */
export const LOOKS = [1600, 1280, 390].flatMap(width =>
  (['light', 'dark'] as const).map(colorScheme => ({
    colorScheme,
    viewport: { width, height: width < 720 ? 844 : 900 },
  })),
)

/** Serious findings of axe on the current page. */
export const seriousFindings = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() => window.axe.run())
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`))
}

/** Changes settings of a site. */
export const changeSettings = async (domain: string, settings: object) => {
  const response = await fetch(`${server.url}/api/v1/sites/${domain}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ settings }),
  })
  expect(response.status).toBe(200)
}

/** Rows of a panel's table, without decorations and controls. */
export const rowsOf = (page: Page, panel: string) =>
  page.locator(`#${panel} tbody tr`).evaluateAll(rows =>
    rows.map(row =>
      [...row.querySelectorAll('th, td')].map(cell => {
        const copy = cell.cloneNode(true) as Element
        for (const extra of copy.querySelectorAll('.range, .detail, [aria-hidden]')) extra.remove()
        return copy.textContent ?? ''
      }),
    ),
  )
