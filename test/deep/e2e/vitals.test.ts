import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { WireView } from '../../../shared/wire'
import { collector, leave, openTab } from '../../e2e/stage'

/** The browser's own entries, from which the test computes. */
interface Told {
  /** Time of the last largest contentful paint, milliseconds. */
  readonly painted: number
  /** [time, score] of each unexpected layout shift. */
  readonly shifts: readonly (readonly [number, number])[]
  /** The longest event of each interaction, milliseconds. */
  readonly interactions: readonly number[]
}

const WATCH = `<script>
  self.told = { painted: 0, shifts: [], interactions: {} }
  const watch = (type, run) => new PerformanceObserver(list => list.getEntries().map(run)).observe({ type, buffered: true, durationThreshold: 16 })
  watch('largest-contentful-paint', ({ startTime }) => { told.painted = startTime })
  watch('layout-shift', ({ startTime, value, hadRecentInput }) => hadRecentInput || told.shifts.push([startTime, value]))
  for (const type of ['first-input', 'event'])
    watch(type, ({ interactionId, duration }) => {
      if (interactionId) told.interactions[interactionId] = Math.max(told.interactions[interactionId] || 0, duration)
    })
  self.move = height => new Promise(done => {
    document.querySelector('#spacer').style.height = height + 'px'
    requestAnimationFrame(() => setTimeout(done, 50))
  })
  self.work = milliseconds => { for (const start = performance.now(); performance.now() - start < milliseconds; ); }
</script>`

const BODY = `<div id="spacer"></div><h1>A large heading</h1>
  <button id="slow" onclick="work(150)">Slow</button><button id="quick" onclick="work(40)">Quick</button>${WATCH}`

const told = (page: Page): Promise<Told> =>
  page.evaluate(() => {
    const { painted, shifts, interactions } = (self as unknown as { told: Told }).told
    return { painted, shifts, interactions: Object.values(interactions) }
  })

/** Waits until the module has wrapped `fetch`. */
const wrapped = (page: Page) => page.waitForFunction(() => !/native code/.test(String(window.fetch)))

const open = async (): Promise<Page> => {
  collector.serve('/', BODY, 'data-modules="vitals"')
  const page = await openTab()
  await page.goto(collector.url('/'))
  await collector.until('views', 1)
  await wrapped(page)
  return page
}

const untilLeft = async (count: number) => (await collector.until('totals', count)) as unknown as readonly WireView[]

const waitFor = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds))

test('a page view ends with its largest paint, its worst window of shifts and its slowest interaction', async () => {
  const page = await open()
  await page.evaluate('move(60)')
  await page.evaluate('move(140)')
  await page.evaluate(waitFor, 1_100)
  await page.evaluate('move(200)')
  await page.click('#slow')
  await page.click('#quick')
  await page.evaluate(waitFor, 100)
  const { painted, shifts, interactions } = await told(page)
  await leave(page)
  const [totals] = await untilLeft(1)
  const [one = 0, two = 0, three = 0] = shifts.map(([, score]) => score)
  expect(shifts).toHaveLength(3)
  expect(painted).toBeGreaterThan(0)
  expect(Math.max(...interactions)).toBeGreaterThanOrEqual(150)
  expect(totals).toMatchObject({
    l: painted,
    n: Math.max(...interactions),
    s: expect.closeTo(Math.max(one + two, three), 9),
  })
  // In the same request as the other totals.
  expect(collector.beacons).toHaveLength(2)
})

test('a route of a single-page app has its own vitals, but no paint', async () => {
  const page = await open()
  await page.click('#slow')
  await page.evaluate(waitFor, 100)
  await page.evaluate(() => history.pushState({}, '', '/b'))
  await collector.until('views', 2)
  await page.click('#quick')
  await page.evaluate(waitFor, 100)
  await leave(page)
  const [first, second] = await untilLeft(2)
  expect(first).toMatchObject({ l: expect.any(Number), n: expect.any(Number), s: 0 })
  expect(second).toMatchObject({ s: 0 })
  expect(second).not.toHaveProperty('l')
  expect(second?.n).toBeLessThan(150)
})

test('a page restored from the back/forward cache starts over', async () => {
  collector.serve('/other', 'Other')
  const page = await open()
  await page.evaluate('move(60)')
  await page.click('#slow')
  await page.evaluate(waitFor, 100)
  await page.goto(collector.url('/other'))
  await page.goBack({ waitUntil: 'commit' })
  await collector.until('views', 3)
  await page.evaluate(waitFor, 200)
  await leave(page)
  const totals = await untilLeft(3)
  const [first, again] = totals.filter(({ u }) => u === collector.url('/'))
  expect(first).toMatchObject({ n: expect.any(Number), s: expect.any(Number) })
  expect(first?.s).toBeGreaterThan(0)
  expect(again).toMatchObject({ l: expect.any(Number), s: 0 })
  expect(again).not.toHaveProperty('n')
  expect(again?.l).toBeLessThan(1_000)
})

test('of fifty interactions, the slowest is ignored', async () => {
  const page = await open()
  await page.click('#slow')
  for (let press = 0; press < 49; press++) await page.keyboard.press('a')
  await page.evaluate(waitFor, 200)
  const { interactions } = await told(page)
  await leave(page)
  const [totals] = await untilLeft(1)
  const slowest = interactions.toSorted((one, other) => other - one)
  expect(slowest[0]).toBeGreaterThanOrEqual(150)
  expect(totals?.n).toBe(slowest[Math.floor(slowest.length / 50)])
})

test.each([
  ['opened in the background reports no paint', false],
  ['that was prerendered reports its paint', true],
])('a page %s', async (_, isPrerendered) => {
  const page = await openTab()
  await page.addInitScript(prerendering => {
    Object.defineProperty(document, 'prerendering', { value: prerendering, configurable: true })
    Object.defineProperty(document, 'hidden', { value: true, configurable: true })
  }, isPrerendered)
  collector.serve('/', BODY, 'data-modules="vitals"')
  await page.goto(collector.url('/'))
  await wrapped(page)
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: false, configurable: true })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  })
  await collector.until('views', 1)
  await page.click('#quick')
  await leave(page)
  const [totals] = await untilLeft(1)
  expect(totals).toHaveProperty('s')
  if (isPrerendered) expect(totals).toHaveProperty('l')
  else expect(totals).not.toHaveProperty('l')
})

test('other requests of the page stay unchanged', async () => {
  const page = await open()
  const own = ['{"n":1, "e":[{"t":9e99,"m":5}]}', '{"n":1,"e":[{"u":"http', 'text']
  const posted: (string | null)[] = []
  page.on('request', request => posted.push(request.postData()))
  await page.evaluate(
    ([url = '', ...bodies]) => Promise.all(bodies.map(body => fetch(url, { method: 'POST', body }))),
    [collector.url('/own'), ...own],
  )
  expect(posted).toEqual(own)
})
