import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { collector, openTab } from './stage'

const answer = (page: Page, analytics: boolean) =>
  page.evaluate(yes => {
    window.footfall('consent', { analytics: yes })
    return localStorage.getItem('footfall_id')
  }, analytics)

test('consent creates an id that later pages send, and its withdrawal deletes it', async () => {
  collector.serve('/', '')
  const page = await openTab()
  await page.goto(collector.url('/'))
  await collector.until('views', 1)
  const id = await answer(page, true)
  await collector.until('events', 1)
  await page.goto(collector.url('/next'))
  await collector.until('views', 2)
  expect(await answer(page, true)).toBe(id)
  expect(await answer(page, false)).toBeNull()
  await collector.until('events', 3)
  await page.goto(collector.url('/after'))
  await collector.until('views', 3)
  expect(id).toMatch(/^0\.\d{10,}$/)
  const sent = collector.beacons.map(({ p, e: [record] }) => [record && 'k' in record ? record.k : undefined, p])
  const [view, consent] = [
    [undefined, undefined],
    ['consent', id],
  ]
  const kept = [undefined, id]
  expect(sent.filter(([k, p]) => k !== undefined || p !== id || p === undefined)).toEqual([
    view,
    consent,
    consent,
    ['consent', undefined],
    view,
    view,
  ])
  expect(sent).toContainEqual(kept)
})

test('with Global Privacy Control, consent creates no id', async () => {
  collector.serve('/', '')
  const page = await openTab()
  await page.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }))
  await page.goto(collector.url('/'))
  expect(await answer(page, true)).toBeNull()
  await collector.until('events', 1)
  expect(collector.beacons.at(-1)?.p).toBe(true)
})
