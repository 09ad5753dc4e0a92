import { join } from 'node:path'
import { build } from 'esbuild'
import { beforeAll, expect, test } from 'vitest'
import { TRACKER } from '../../tools/tracker/buildTracker'
import { allArrived, collector, openTab } from './stage'

/** The package as a global of the page, as `tracker`. */
let bundled: string

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [join(TRACKER, 'src/index.ts')],
    bundle: true,
    write: false,
    globalName: 'tracker',
    tsconfigRaw: {},
  })
  bundled = outputFiles[0]?.text ?? ''
})

/** Opens a page with the package and a script that uses it. */
const openApp = async (script: string, tag = '') => {
  collector.show('/', `${tag}<body><script>${bundled}${script}</script>`)
  const page = await openTab()
  await page.goto(collector.url('/'))
  return page
}

const tagsOf = `[...document.scripts].filter(({ src }) => src).map(({ dataset }) => ({ ...dataset }))`

const source = (): string => /src="([^"]+)"/.exec(collector.tag())?.[1] ?? ''

test('calls before the script has loaded are recorded after its page view, in order', async () => {
  const options = {
    src: source(),
    site: 'localhost',
    exclude: ['/admin*', '/draft'],
    modules: ['debug'],
    searchParameter: 'q',
    hash: false,
  }
  const page = await openApp(`
    tracker.track('add_to_cart', { currency: 'EUR', value: 20, items: [{ item_id: 'MUG' }] })
    tracker.init(${JSON.stringify(options)})
    tracker.init(${JSON.stringify(options)})
    tracker.identify('u_42')
    self.waiting = footfall.q.length`)
  expect(await page.evaluate('waiting')).toBe(2)
  await collector.until('events', 2)
  await page.evaluate(`tracker.init(${JSON.stringify(options)}), tracker.track('report_exported', { format: 'pdf' })`)
  await page.evaluate("history.pushState({}, '', '/admin/users'), history.pushState({}, '', '/b')")
  await collector.until('views', 2)
  await allArrived(page)
  expect(collector.paths).toEqual(['/', '/b'])
  expect(collector.records[0]).not.toHaveProperty('k')
  expect(collector.events.map(({ k, o }) => [k, o])).toEqual([
    ['add_to_cart', { currency: 'EUR', value: 20, items: [{ item_id: 'MUG' }] }],
    ['identify', { user_id: 'u_42' }],
    ['report_exported', { format: 'pdf' }],
  ])
  expect(await page.evaluate(tagsOf)).toEqual([
    { site: 'localhost', exclude: '/admin* /draft', modules: 'debug', searchParameter: 'q' },
  ])
})

test('init adds no tag to a page that has one, pageView starts page views manually, and consent creates an id', async () => {
  const page = await openApp(`tracker.init({ src: ${JSON.stringify(source())} })`, collector.tag('data-manual'))
  await page.evaluate('tracker.pageView()')
  await collector.until('views', 1)
  await page.evaluate('tracker.consent({ analytics: true })')
  expect(await page.evaluate("'footfall_id' in localStorage")).toBe(true)
  await page.evaluate('tracker.consent({ analytics: false })')
  expect(await page.evaluate("'footfall_id' in localStorage")).toBe(false)
  await allArrived(page)
  expect(collector.paths).toEqual(['/'])
  expect(await page.evaluate(tagsOf)).toMatchObject([{ site: 'localhost', manual: '' }])
})
