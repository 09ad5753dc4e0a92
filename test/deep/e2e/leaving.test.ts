import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { allArrived, collector, leave, openPage, openTab } from '../../e2e/stage'

const MINUTE = 60_000

/** A page whose wall clock and monotonic clock the test controls. */
const openStopped = async (body = '', attributes = ''): Promise<Page> => {
  collector.serve('/', body, attributes)
  const page = await openTab()
  await page.clock.install({ time: Date.now() })
  await page.clock.pauseAt(Date.now() + 1000)
  await page.goto(collector.url('/'))
  await collector.until('views', 1)
  return page
}

// Headless tabs are never hidden and always have the focus, so the page sees faked states.
const show = (page: Page, hidden: boolean) =>
  page.evaluate(value => {
    if (value) Object.defineProperty(document, 'hidden', { value, configurable: true })
    else Reflect.deleteProperty(document, 'hidden')
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  }, hidden)

const focus = (page: Page, focused: boolean) =>
  page.evaluate(value => {
    document.hasFocus = () => value
    window.dispatchEvent(new Event(value ? 'focus' : 'blur'))
  }, focused)

const fire = (page: Page, type: string) =>
  page.evaluate(name => window.dispatchEvent(new PageTransitionEvent(name, { persisted: true })), type)

/** Visible milliseconds in the last totals. */
const visible = () => Math.round(collector.totals.at(-1)?.m ?? -1)

test('leaving a page sends its totals once, with its own id', async () => {
  const page = await openPage()
  await leave(page)
  await collector.until('totals', 1)
  const next = await openTab()
  await next.goto(collector.url('/next'))
  await collector.until('views', 2)
  await allArrived(next)
  const [view] = collector.views
  expect(collector.totals).toMatchObject([{ i: view?.i, t: view?.t, u: view?.u, c: 0 }])
  expect(collector.totals[0]?.m).toBeGreaterThan(0)
})

test('closing a tab sends its totals', async () => {
  const page = await openPage()
  await page.close({ runBeforeUnload: true })
  expect(await collector.until('totals', 1)).toHaveLength(1)
})

test.each([
  ['hidden, then left', [(page: Page) => show(page, true), (page: Page) => fire(page, 'pagehide')]],
  ['left, then hidden', [(page: Page) => fire(page, 'pagehide'), (page: Page) => show(page, true)]],
  ['left only', [(page: Page) => fire(page, 'pagehide')]],
])('leaving sends once even if both events fire: %s', async (_, steps) => {
  const page = await openStopped()
  await page.clock.runFor(500)
  for (const step of steps) {
    await step(page)
    await page.clock.runFor(5)
  }
  await allArrived(page)
  expect(collector.totals).toHaveLength(1)
  expect(visible()).toBe(500)
})

test('a page that was never visible sends nothing', async () => {
  collector.serve('/', '')
  const page = await openTab()
  await page.addInitScript(() => Object.defineProperty(document, 'hidden', { value: true }))
  await page.goto(collector.url('/'))
  await leave(page)
  await allArrived(await openPage())
  expect(collector.records).toHaveLength(1)
})

test('a hidden tab adds no visible time, and returning loses none', async () => {
  const page = await openStopped()
  await page.clock.runFor(2_000)
  await show(page, true)
  await collector.until('totals', 1)
  expect(visible()).toBe(2_000)
  await page.clock.runFor(20 * MINUTE)
  await show(page, false)
  await page.clock.runFor(3_000)
  await show(page, true)
  await collector.until('totals', 2)
  expect(visible()).toBe(5_000)
  expect(collector.totals[1]?.i).toBe(collector.views[0]?.i)
  expect(collector.views).toHaveLength(1)
})

test('a page without the focus adds no visible time', async () => {
  const page = await openStopped()
  await page.clock.runFor(2_000)
  await focus(page, false)
  await page.clock.runFor(MINUTE)
  await focus(page, true)
  await page.clock.runFor(1_000)
  await show(page, true)
  await collector.until('totals', 1)
  expect(visible()).toBe(3_000)
})

test('visible time ends five minutes after the last interaction', async () => {
  const page = await openStopped()
  await page.clock.runFor(20 * MINUTE)
  await page.mouse.move(10, 10)
  await page.clock.runFor(MINUTE)
  await show(page, true)
  await collector.until('totals', 1)
  expect(visible()).toBe(6 * MINUTE)
})

test('a jump of the wall clock does not change visible time', async () => {
  const page = await openStopped()
  await page.clock.runFor(1_000)
  await page.clock.setSystemTime(Date.now() + 24 * 60 * MINUTE)
  await page.clock.runFor(1_000)
  await show(page, true)
  await collector.until('totals', 1)
  expect(visible()).toBe(2_000)
})

test.each([
  [29, 1],
  [30, 2],
])('a tab that returns after %i hidden minutes has begun %i page views', async (minutes, views) => {
  const page = await openStopped()
  await page.clock.runFor(1_000)
  await show(page, true)
  await page.clock.runFor(minutes * MINUTE)
  await show(page, false)
  await page.mouse.move(10, 10)
  await allArrived(page)
  expect(collector.views).toHaveLength(views)
})

test('a page that returns after it was left begins a page view', async () => {
  const page = await openStopped()
  await page.clock.runFor(1_000)
  await fire(page, 'pagehide')
  await fire(page, 'pageshow')
  await collector.until('views', 2)
  await allArrived(page)
  expect(collector.views).toHaveLength(2)
})

const TALL = '<style>body{margin:0}</style><div style="height:7200px">Tall</div>'

test('scroll depth is the share of the page that was in the window', async () => {
  const page = await openPage(TALL)
  await leave(page)
  const [totals] = await collector.until('totals', 1)
  expect(totals?.d).toBe(10)
})

test('scroll depth is the deepest position reached', async () => {
  const page = await openPage(TALL)
  await page.evaluate(async () => {
    const scrolled = () =>
      new Promise(resolve => addEventListener('scroll', () => setTimeout(resolve, 50), { once: true }))
    for (const top of [2_880, 0]) {
      const done = scrolled()
      scrollTo(0, top)
      await done
    }
  })
  await leave(page)
  const [totals] = await collector.until('totals', 1)
  expect(totals?.d).toBe(50)
})

test('a new page view starts at its own depth', async () => {
  const page = await openPage(TALL)
  await page.evaluate(async () => {
    const scrolled = new Promise(resolve => addEventListener('scroll', resolve, { once: true }))
    scrollTo(0, 7_200)
    await scrolled
    history.pushState({}, '', '/b')
    scrollTo(0, 0)
  })
  await collector.until('totals', 1)
  await leave(page)
  const [first, second] = await collector.until('totals', 2)
  expect([first?.d, second?.d]).toEqual([100, 10])
})
