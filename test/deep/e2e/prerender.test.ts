import { expect, test } from 'vitest'
import { allArrived, collector, openTab } from '../../e2e/stage'

// Chromium under automation loads what speculation rules name, but never activates it: the page sees a faked
// prerendering state, then the activation of the platform: https://wicg.github.io/nav-speculation/prerendering.html
const openPrerendered = async () => {
  collector.serve('/', '<script>addEventListener("DOMContentLoaded", () => footfall("view_item"))</script>')
  const page = await openTab()
  await page.addInitScript(() => {
    Object.defineProperty(document, 'prerendering', { value: true, configurable: true })
    Object.defineProperty(document, 'hidden', { value: true, configurable: true })
  })
  await page.goto(collector.url('/'))
  return page
}

const shown = () => {
  Object.defineProperty(document, 'hidden', { value: false, configurable: true })
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
}

const activate = () => {
  Object.defineProperty(document, 'prerendering', { value: false })
  Object.defineProperty(document, 'hidden', { value: false })
  document.dispatchEvent(new Event('prerenderingchange'))
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
}

test('a prerendered page that is never shown is not a page view', async () => {
  const page = await openPrerendered()
  await allArrived(page)
  await page.goto('about:blank')
  await page.goto(collector.url('/'))
  await allArrived(page)
  expect(collector.records).toEqual([])
})

test('a prerendered page is one page view once shown, and its queued events are sent', async () => {
  const page = await openPrerendered()
  await allArrived(page)
  const shown = await page.evaluate(() => Date.now())
  await page.evaluate(activate)
  // Each waits by itself, and looks five times a second whether the page is shown: either may come first.
  await collector.until('events', 1)
  await collector.until('views', 1)
  await allArrived(page)
  expect(collector.views).toHaveLength(1)
  expect(collector.events.map(({ k }) => k)).toEqual(['view_item'])
  expect(collector.views[0]?.t).toBeGreaterThanOrEqual(shown)
})

const openHidden = async () => {
  collector.serve('/', '')
  const page = await openTab()
  await page.addInitScript(() => Object.defineProperty(document, 'hidden', { value: true, configurable: true }))
  await page.goto(collector.url('/'))
  return page
}

test('a tab opened in the background and never seen is not a page view', async () => {
  const page = await openHidden()
  await allArrived(page)
  await page.goto('about:blank')
  await page.goto(collector.url('/'))
  await allArrived(page)
  expect(collector.records).toEqual([])
})

test('a tab opened in the background is one page view once seen, of the route it then shows', async () => {
  const page = await openHidden()
  await page.evaluate(() => history.replaceState({}, '', '/a'))
  await page.evaluate(() => history.pushState({}, '', '/b'))
  await page.evaluate(shown)
  await collector.until('views', 1)
  await page.evaluate(() => new Promise(resolve => setTimeout(resolve, 300)))
  await allArrived(page)
  expect(collector.paths).toEqual(['/b'])
})
