import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { addSite, loaded, open, post } from '../../e2e/dashboardStage'

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n))

let ids = 0
const event = (day: string, name: string, more: object = {}): object => {
  ids += 1
  return { id: `c${ids}`, name, time: `2026-03-${day}T10:00:00Z`, visitor_id: `v${ids}`, ...more }
}
const order = (day: string, value: number): object => event(day, 'purchase', { transaction_id: `T${ids}`, value })
/** Sessions of one page view each, read for so long. */
const read = (day: string, seconds: number): object[] =>
  times(2, () => event(day, 'page_view', { url: 'https://grown.example/', engaged_seconds: seconds }))

/** On the 10th 120 orders of 322.50, on the 11th one of 20; nothing before. */
beforeAll(async () => {
  await addSite('grown.example')
  const subscriptions = ['10', '11', '11'].map(day =>
    event(day, 'subscription_start', { user_id: `u${ids}`, properties: { price: 50, interval: 'month' } }),
  )
  await post(
    [...read('10', 5), ...times(120, () => order('10', 322.5)), order('11', 20), ...read('11', 5), ...subscriptions],
    'grown.example',
  )
})

/** The change on a card or a metric line: its words, colour and note. */
const changeOf = async (page: Page, metric: string) => {
  const mark = page.locator(`[data-metric=${metric}] .change`)
  return [await mark.textContent(), await mark.getAttribute('class')]
}

test('a tested change has a verdict in words and colour, an untested one only an arrow', async () => {
  const page = await open('/metrics?site=grown.example&period=2026-03-11,2026-03-11')
  expect(await changeOf(page, 'gross_revenue')).toEqual(['▼ 99.9% down, declined', 'change worse'])
  expect(await changeOf(page, 'pageviews')).toEqual(['≈ 0% not significant', 'change unclear'])
  expect(await changeOf(page, 'mrr')).toEqual(['▲ 200% up', 'change untested'])
  const [judged, plain] = await Promise.all(
    ['worse', 'untested'].map(name =>
      page
        .locator(`.change.${name}`)
        .first()
        .evaluate(mark => getComputedStyle(mark).color),
    ),
  )
  expect(judged).not.toBe(plain)
  // Without a percentage, the previous value is shown.
  expect(await changeOf(page, 'refunds')).toEqual(['Previous period: US$0.00', 'change untested'])
})

test('without previous data there is no change, and the reason appears once', async () => {
  const page = await open('/?site=grown.example&period=2026-03-10,2026-03-11')
  const marks = await page.locator('#cards .change').allTextContents()
  expect([marks.length, new Set(marks)]).toEqual([8, new Set(['No previous data'])])
  expect(await page.locator('#cards .note').allTextContents()).toEqual([
    'No previous data: the previous period begins on 8 Mar 2026, and this site’s data on 10 Mar 2026.',
  ])
  expect(await page.locator('.legend li').count()).toBe(1)
  await page.goto('/?site=grown.example&period=2026-03-11,2026-03-11')
  await loaded(page)
  expect(await changeOf(page, 'visitors')).toEqual([expect.stringMatching(/^▼ 9\d.*% down, declined$/), 'change worse'])
  expect(await page.locator('#cards .note').count()).toBe(0)
  expect(await page.locator('.legend li').count()).toBe(2)
})
