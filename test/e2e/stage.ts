import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { AS_A_PERSON, findChromium } from '../chromium'
import { Collector } from './collector'

const FLAGS = [
  ...AS_A_PERSON,
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const collector = new Collector()
let browser: Browser
let context: BrowserContext | undefined

beforeAll(async () => {
  await collector.start()
  browser = await chromium.launch({
    executablePath: await findChromium(),
    args: FLAGS,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  })
})

afterEach(async () => {
  await context?.close()
  context = undefined
  collector.reset()
})

afterAll(async () => {
  await browser.close()
  await collector.stop()
})

/** A new tab of a new visitor; all page errors are stored in `errors`. */
export const openTab = async (): Promise<Page> => {
  context ??= await browser.newContext()
  return context.newPage()
}

/** A tab that shows a page with `body`, after its first page view arrived. */
export const openPage = async (body = '', attributes = ''): Promise<Page> => {
  collector.serve('/', body, attributes)
  const page = await openTab()
  await page.goto(collector.url('/'))
  await collector.until('views', 1)
  return page
}

/** Everything sent by the page so far has arrived: later requests are answered later. */
export const allArrived = async (page: Page): Promise<void> => {
  for (let round = 0; round < 3; round++)
    await page.evaluate(async url => {
      await fetch(url, { method: 'POST' })
    }, collector.url('/v1/e'))
}

/** Leaves the page for an empty one. */
export const leave = async (page: Page): Promise<void> => {
  await page.goto('about:blank')
}
