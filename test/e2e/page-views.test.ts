import { expect, test } from 'vitest'
import { allArrived, collector, leave, openPage, openTab } from './stage'

test('a first load is one page view', async () => {
  const page = await openPage('<h1>Hello</h1>')
  await allArrived(page)
  expect(collector.paths).toEqual(['/'])
  expect(collector.beacons[0]).toMatchObject({ v: 1, s: 'localhost' })
  expect(collector.beacons[0]?.p).toBeUndefined()
  const [view] = collector.views
  expect(view?.i).toSatisfy((id: number) => Number.isInteger(id) && id >= 0 && id < 2 ** 31)
  expect(Math.abs(Date.now() - (view?.t ?? 0))).toBeLessThan(10_000)
  expect(collector.requests[0]?.headers).toMatchObject({ 'content-type': 'text/plain;charset=UTF-8' })
  expect(collector.requests[0]?.headers).not.toHaveProperty('cookie')
})

test('a route change is a page view with the previous page as its referrer', async () => {
  const page = await openPage()
  await page.evaluate(() => history.pushState({}, '', '/b?q=1'))
  await collector.until('views', 2)
  await allArrived(page)
  expect(collector.paths).toEqual(['/', '/b?q=1'])
  expect(collector.views[1]?.r).toBe(collector.url('/'))
})

test('the page before a route change keeps its own totals', async () => {
  const page = await openPage('<button>Go</button>')
  await page.click('button')
  await page.evaluate(() => history.pushState({}, '', '/b'))
  await collector.until('totals', 1)
  expect(collector.totals).toMatchObject([{ i: collector.views[0]?.i, t: collector.views[0]?.t, c: 1 }])
})

test('going back in the history is a page view', async () => {
  const page = await openPage()
  await page.evaluate(() => history.pushState({}, '', '/b'))
  await collector.until('views', 2)
  await page.evaluate(() => history.back())
  await collector.until('views', 3)
  await allArrived(page)
  expect(collector.paths).toEqual(['/', '/b', '/'])
})

test('a replaced address, a new query and a new fragment stay on the same page', async () => {
  const page = await openPage()
  await page.evaluate(() => {
    history.replaceState({}, '', '/replaced')
    history.pushState({}, '', '/replaced?q=1')
    history.pushState({}, '', '/replaced?q=2#there')
    location.hash = '#here'
  })
  await allArrived(page)
  expect(collector.paths).toEqual(['/'])
})

test('a fragment is not sent', async () => {
  collector.serve('/', '')
  const page = await openTab()
  await page.goto(collector.url('/?q=1#secret'))
  await collector.until('views', 1)
  expect(collector.paths).toEqual(['/?q=1'])
})

test('with data-hash the fragment is part of the path', async () => {
  const page = await openPage('', 'data-hash')
  await page.evaluate(() => {
    location.hash = '#/b'
  })
  await collector.until('views', 2)
  await allArrived(page)
  expect(collector.paths).toEqual(['/', '/#/b'])
})

test('a page from the back/forward cache is a second page view', async () => {
  const page = await openPage('<script>addEventListener("pageshow", e => { self.restored = e.persisted })</script>')
  await page.goto(collector.url('/other', '127.0.0.1'))
  await collector.until('views', 2)
  await page.goBack({ waitUntil: 'commit' })
  expect(await page.evaluate(() => 'restored' in self && self.restored)).toBe(true)
  await collector.until('views', 3)
  await allArrived(page)
  expect(collector.paths).toEqual(['/', '/other', '/'])
  expect(new Set(collector.views.map(({ i }) => i)).size).toBe(3)
})

test('with data-manual only the page begins page views', async () => {
  collector.serve('/', '', 'data-manual')
  const page = await openTab()
  await page.goto(collector.url('/'))
  await page.evaluate(() => history.pushState({}, '', '/b'))
  await allArrived(page)
  expect(collector.records).toEqual([])
  await page.evaluate(() => window.footfall('page_view'))
  await collector.until('views', 1)
  await leave(page)
  await collector.until('totals', 1)
  expect(collector.paths).toEqual(['/b'])
})
