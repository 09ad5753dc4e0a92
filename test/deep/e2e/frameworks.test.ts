import { join } from 'node:path'
import { build } from 'esbuild'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { PROJECT } from '../../../tools/project'
import { TRACKER } from '../../../tools/tracker/buildTracker'
import { allArrived, collector, openTab } from '../../e2e/stage'

const APPS = { react: 'react.jsx', vue: 'vue.js' } as const

const bundles = new Map<string, string>()

const bundled = async (file: string): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [join(PROJECT, 'test/deep/e2e/apps', file)],
    bundle: true,
    write: false,
    alias: { '@footfall/tracker': join(TRACKER, 'src/index.ts') },
    // React runs effects twice in development.
    define: {
      'process.env.NODE_ENV': '"development"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    tsconfigRaw: { compilerOptions: { jsx: 'react-jsx' } },
  })
  return outputFiles[0]?.text.replaceAll('</script', '<\\/script') ?? ''
}

beforeAll(async () => {
  for (const [name, file] of Object.entries(APPS)) bundles.set(name, await bundled(file))
})

/** The path that each router shows for `/`, and the one counted when it replaces `/orders` by `/login`. */
const CASES = [
  { app: 'react', hash: false, front: '/', replaced: ['/orders'] },
  { app: 'react', hash: true, front: '/', replaced: ['/#/orders'] },
  { app: 'vue', hash: false, front: '/', replaced: [] },
  { app: 'vue', hash: true, front: '/#/', replaced: [] },
] as const

const open = async (app: string, hash: boolean): Promise<{ page: Page; problems: string[] }> => {
  const script = /src="([^"]+)"/.exec(collector.tag())?.[1]
  const settings = `window.settings = ${JSON.stringify({ script, hash })}`
  collector.show(
    '/',
    `<body><main></main><script>${settings}</script><script type="module">${bundles.get(app)}</script>`,
  )
  const page = await openTab()
  const problems: string[] = []
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text())
  })
  page.on('pageerror', error => problems.push(String(error)))
  await page.goto(collector.url('/'))
  await collector.until('views', 1)
  return { page, problems }
}

test.each(CASES)('$app counts each route once, hash: $hash', async ({ app, hash, front, replaced }) => {
  const { page, problems } = await open(app, hash)
  await page.click('text=Mug')
  await page.click('text=Add')
  await page.click('text=Large')
  await page.click('text=Account')
  await page.waitForSelector('h1:text("Login")')
  await page.click('text=Back')
  await page.waitForSelector('h1:text("Mug")')
  await page.click('text=Orders')
  await page.waitForSelector('h1:text("Login")')
  await collector.until('views', 4 + replaced.length)
  await allArrived(page)
  const routes = ['/mug', '/login', '/mug?size=l'].map(path => (hash ? `/#${path}` : path))
  expect(collector.paths).toEqual([front, ...routes, ...replaced])
  expect(collector.events.map(({ k }) => k)).toEqual(['add_to_cart'])
  expect(await page.locator('script[src]').count()).toBe(1)
  expect(problems).toEqual([])
})
