import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { type Browser, chromium, type Page as Tab } from 'playwright-core'
import { PROJECT } from '../tools/config.ts'
import { PLANNER } from '../tools/demoData/planner/site.ts'
import { seedDemo } from '../tools/demoData/seed.ts'
import { SHOP } from '../tools/demoData/shop/site.ts'
import { type Server, startServer } from '../tools/server/server.ts'
import type { PAGES, PageId } from '../worker/dashboard/pages.ts'
import { findChromium } from './chromium.ts'

const FOLDER = join(PROJECT, 'docs/screenshots')
const THEMES = ['light', 'dark'] as const
const WIDTHS = [1600, 1280, 390]

/** Pages about users of a product show the planner, the others the shop; cohorts and surveys need more than a month. */
const VIEWS: Readonly<Partial<Record<PageId, string>>> = {
  onboarding: `site=${PLANNER.domain}`,
  users: `site=${PLANNER.domain}&period=90d`,
  growth: `site=${PLANNER.domain}&period=90d`,
  feedback: `site=${PLANNER.domain}&period=90d`,
}

/** The registry of pages in a form that Node can load: it is written for a bundler. */
const pages = async (): Promise<typeof PAGES> => {
  const { outputFiles } = await build({
    entryPoints: [join(PROJECT, 'worker/dashboard/pages.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  })
  const code = `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.text ?? '').toString('base64')}`
  return ((await import(code)) as { PAGES: typeof PAGES }).PAGES
}

/** All panels are loaded, small charts included. */
const isDrawn = async (tab: Tab): Promise<void> => {
  await tab.waitForLoadState('networkidle')
  await tab.waitForFunction(() => !document.querySelector('[aria-busy]') && !/Loading…/.test(document.body.innerText))
}

const shoot = async (browser: Browser, server: Server, width: number, theme: (typeof THEMES)[number]) => {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width, height: 900 },
    colorScheme: theme,
    locale: 'en-GB',
  })
  // A busy machine is slow, and a picture of half a page is useless.
  context.setDefaultTimeout(3 * 60_000)
  const headers = { origin: server.url }
  await context.request.post('/login', { headers, form: { token: server.adminToken }, maxRedirects: 0 })
  const tab = await context.newPage()
  for (const { id, path } of await pages()) {
    await tab.goto(`${path}?${VIEWS[id] ?? `site=${SHOP.domain}`}`)
    await isDrawn(tab)
    const isWide = await tab.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    if (isWide) console.error(`${path} is wider than ${width} pixels.`)
    // The bar sticks to the bottom of the screen, which is in the middle of a long picture.
    const style = '.bottom { position: static }'
    await tab.screenshot({ path: join(FOLDER, `${id}-${theme}-${width}.png`), fullPage: true, style })
  }
  await context.close()
}

const dataDir = await mkdtemp(join(tmpdir(), 'footfall-'))
const server = await startServer({ port: 0, dataDir, quiet: true })
const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] })
try {
  await seedDemo(server, { report: console.log })
  await server.runCron()
  await mkdir(FOLDER, { recursive: true })
  for (const width of WIDTHS) for (const theme of THEMES) await shoot(browser, server, width, theme)
  console.log(`Screenshots of every page are in ${FOLDER}.`)
} finally {
  await browser.close()
  await server.stop()
  await rm(dataDir, { recursive: true })
}
