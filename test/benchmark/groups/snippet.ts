import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync } from 'node:zlib'
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core'
import { build } from '../../../tools/snippet/build.ts'
import { SCRIPTS } from '../../../tools/snippet/scripts.ts'
import { AS_A_PERSON, findChromium } from '../../chromium.ts'
import { type Figures, median } from '../figures.ts'

const ROUNDS = 40
/** Not counted: the first pages of a browser are the slowest. */
const WARM = 5
const SLOWER = 4
const STEPS = 60
const FLAGS = [
  ...AS_A_PERSON,
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
]

const TEXT = 'A page of some length, as many have, with words enough that it takes a while to read and to scroll. '
const PARAGRAPHS = Array.from({ length: 120 }, (_, index) => `<p>${index} ${TEXT.repeat(3)} <a href="#">more</a></p>`)
const WITH = '<script defer src="/s.js" data-site="localhost"></script>'

const pageOf = (script: string): string =>
  `<!doctype html><html lang="en"><title>A page</title><link rel="icon" href="data:,">${script}<body>${PARAGRAPHS.join('')}`

/** Two pages that differ only in the script tag, the snippet, and a collector that accepts everything. */
const serve = async (code: Buffer): Promise<Server> => {
  const server = createServer((request, response) => {
    request.resume()
    if (request.url === '/s.js') response.writeHead(200, { 'content-type': 'text/javascript' }).end(code)
    else if (request.url === '/v1/e') response.writeHead(204).end()
    else {
      const html = pageOf(request.url === '/with' ? WITH : '')
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html)
    }
  }).listen(0, 'localhost')
  await once(server, 'listening')
  return server
}

/** Milliseconds of CPU time of the main thread, independent of other programs. */
const worked = async (session: CDPSession): Promise<number> => {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
}

/** Until the page is idle. */
const idle = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise<void>(resolve => requestIdleCallback(() => requestAnimationFrame(() => resolve()))))

/** Scrolls a step a frame. */
const scroll = (page: Page): Promise<void> =>
  page.evaluate(
    steps =>
      new Promise<void>(resolve => {
        const step = (left: number): void => {
          scrollBy(0, 100)
          if (left === 0) resolve()
          else requestAnimationFrame(() => step(left - 1))
        }
        step(steps)
      }),
    STEPS,
  )

interface Work {
  readonly load: number
  readonly scroll: number
}

/** The main thread's work for a page in a tab of its own. */
const workOf = async (browser: Browser, url: string): Promise<Work> => {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    const before = await worked(session)
    await page.goto(url, { waitUntil: 'load' })
    await idle(page)
    const loaded = await worked(session)
    await scroll(page)
    await idle(page)
    return { load: loaded - before, scroll: (await worked(session)) - loaded }
  } finally {
    await context.close()
  }
}

const added = (plain: readonly Work[], tagged: readonly Work[], what: keyof Work): number =>
  median(tagged.map(work => work[what])) - median(plain.map(work => work[what]))

/** The snippet's size, and what it adds to a page load and to a scroll on a slow machine. */
export const measureSnippet = async (): Promise<Figures> => {
  await build()
  const code = await readFile(SCRIPTS['s.js'].path)
  const server = await serve(code)
  const browser = await chromium.launch({ executablePath: await findChromium(), args: FLAGS })
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  const plain: Work[] = []
  const tagged: Work[] = []
  const pages = [
    ['/without', plain],
    ['/with', tagged],
  ] as const
  try {
    for (let round = -WARM; round < ROUNDS; round++) {
      // The order alternates: the second finds the machine warmer.
      for (const [path, works] of round % 2 === 0 ? pages : pages.toReversed()) {
        const work = await workOf(browser, `${url}${path}`)
        if (round >= 0) works.push(work)
      }
    }
  } finally {
    await browser.close()
    server.closeAllConnections()
    server.close()
  }
  return {
    snippet_bytes: brotliCompressSync(code).length,
    snippet_load_ms: added(plain, tagged, 'load'),
    snippet_scroll_ms: added(plain, tagged, 'scroll'),
    page_load_ms: median(plain.map(({ load }) => load)),
    page_scroll_ms: median(plain.map(({ scroll }) => scroll)),
  }
}
