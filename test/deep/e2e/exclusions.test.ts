import type { Page } from 'playwright-core'
import { expect, test, vi } from 'vitest'
import { allArrived, collector, openTab } from '../../e2e/stage'

/** Console output of a page itself. */
const printed = (page: Page): string[] => {
  const lines: string[] = []
  page.on('console', message => {
    if (message.type() === 'warning') lines.push(message.text())
  })
  return lines
}

/** True once the module "debug" has loaded. It logs the last record before that, and every one after. */
const isDebugged = () =>
  Object.getOwnPropertyDescriptor(document.querySelector('script[data-debug]'), 'e')?.set !== undefined

const openWith = async (path: string, attributes: string, prepare?: () => void) => {
  collector.serve('/', '<button data-footfall="search">Search</button>', attributes)
  const page = await openTab()
  const lines = printed(page)
  if (prepare) await page.addInitScript(prepare)
  await page.goto(collector.url(path))
  if (attributes.includes('data-debug')) await page.waitForFunction(isDebugged)
  return { page, lines }
}

const gpc = () => Object.defineProperty(navigator, 'globalPrivacyControl', { get: () => true })
const driven = () => Object.defineProperty(navigator, 'webdriver', { get: () => true })
const ignore = () => localStorage.setItem('footfall_ignore', 'true')

test.each([
  ['a driven browser', 'webdriver', driven],
  ['footfall_ignore', 'footfall_ignore', ignore],
])('with %s nothing is sent, and the console says why', async (_, reason, prepare) => {
  const { page, lines } = await openWith('/', 'data-debug data-id="persistent"', prepare)
  await page.click('button')
  await page.evaluate(() => {
    window.footfall('identify', { user_id: 'u_42' })
    history.pushState({}, '', '/b')
  })
  await allArrived(page)
  await page.goto('about:blank')
  expect(collector.records).toEqual([])
  expect(lines).toEqual(Array(4).fill(`footfall ${reason}`))
})

test('with Global Privacy Control a page view is sent, and no id is stored or sent', async () => {
  const { page } = await openWith('/', 'data-id="persistent"', gpc)
  await collector.until('views', 1)
  expect(collector.beacons[0]?.p).toBe(true)
  expect(await page.evaluate(() => ({ ...localStorage }))).toEqual({})
})

test('footfall_ignore with a value other than "true" has no effect', async () => {
  await openWith('/', '', () => localStorage.setItem('footfall_ignore', 'false'))
  expect(await collector.until('views', 1)).toHaveLength(1)
})

test.each([
  ['data-include="/shop/*, /cart"', '/shop/mug', true],
  ['data-include="/shop/*, /cart"', '/cart', true],
  ['data-include="/shop/*, /cart"', '/cart?from=mail', true],
  ['data-include="/shop/*, /cart"', '/cart/more', false],
  ['data-include="/shop/*, /cart"', '/', false],
  ['data-exclude="/admin*,/a.b"', '/admin/users', false],
  ['data-exclude="/admin*,/a.b"', '/a.b', false],
  ['data-exclude="/admin*,/a.b"', '/axb', true],
  ['data-exclude="/admin*,/a.b"', '/my/admin', true],
  ['data-exclude="/c++/(x)"', '/c++/(x)', false],
  ['data-exclude="/caf%C3%A9"', '/café', false],
  ['data-exclude="/a,\n/admin\n"', '/admin', false],
  ['data-exclude="/a,\n/admin\n"', '/', true],
  ['data-exclude="/admin"', '/admin/', false],
  ['data-include="/cart"', '/cart/?from=mail', true],
  ['data-include="/*" data-exclude="*/private"', '/my/private', false],
])('%s: %s', async (attributes, path, recorded) => {
  const { page, lines } = await openWith(path, `${attributes} data-debug`)
  await page.click('button')
  await allArrived(page)
  expect([collector.views.length, collector.events.length]).toEqual(recorded ? [1, 1] : [0, 0])
  const reason = attributes.includes('private') || attributes.startsWith('data-exclude') ? 'exclude' : 'include'
  expect(lines).toEqual(recorded ? [] : [`footfall ${reason}`, `footfall ${reason}`])
})

test('a route to an excluded path ends the page view and begins none', async () => {
  const { page } = await openWith('/shop', 'data-include="/shop"')
  await collector.until('views', 1)
  await page.evaluate(() => history.pushState({}, '', '/account'))
  await collector.until('totals', 1)
  await page.evaluate(() => window.footfall('search'))
  await page.goto('about:blank')
  await page.goto(collector.url('/shop'))
  await collector.until('views', 2)
  await allArrived(page)
  expect(collector.records.map(({ u }) => new URL(u).pathname)).toEqual(['/shop', '/shop', '/shop'])
})

test('with data-debug the console shows why the collector rejects a record', async () => {
  const body = '{"error":{"code":"unknown_site","message":"There is no site."}}'
  collector.reply = { status: 404, body }
  const { lines } = await openWith('/', 'data-debug')
  await vi.waitFor(() => expect(lines).toEqual([`footfall ${body}`]))
})

test('with data-debug the console shows why the collector filters a record', async () => {
  collector.reply = { status: 204, headers: { 'x-footfall-dropped': 'bot' } }
  const { lines } = await openWith('/', 'data-debug')
  await vi.waitFor(() => expect(lines).toEqual(['footfall bot']))
})

test('without data-debug the console says nothing', async () => {
  collector.reply = { status: 404, body: 'no' }
  const { page, lines } = await openWith('/', 'data-exclude="/b"')
  await collector.until('views', 1)
  await page.evaluate(() => history.pushState({}, '', '/b'))
  await allArrived(page)
  expect(lines).toEqual([])
})
