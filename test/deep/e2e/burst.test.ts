import { expect, test } from 'vitest'
import { allArrived, collector, openPage } from '../../e2e/stage'

const LIST = {
  items: Array.from({ length: 100 }, (_, index) => ({ item_id: `SKU${index}`, item_name: 'x'.repeat(85) })),
}

test('what the browser refuses while much is on its way is sent when that was answered', async () => {
  const page = await openPage('', `data-api="${collector.url('', '127.0.0.1')}"`)
  const answer = Promise.withResolvers<void>()
  collector.reply = { status: 204, after: answer.promise }
  const size = await page.evaluate(list => {
    for (let index = 0; index < 8; index++) window.footfall(`list_${index}`, list)
    return JSON.stringify(list).length
  }, LIST)
  expect(size).toBeGreaterThan(12_000)
  await collector.until('events', 5)
  answer.resolve()
  await collector.until('events', 8)
  await allArrived(page)
  expect(collector.events.map(({ k }) => k).sort()).toEqual(Array.from({ length: 8 }, (_, index) => `list_${index}`))
})

test('a record of more than the browser lets survive the page is sent', async () => {
  const page = await openPage()
  await page.evaluate(() => window.footfall('long', { text: 'x'.repeat(70_000) }))
  expect(await collector.until('events', 1)).toMatchObject([{ k: 'long' }])
})

test('a blocked collector costs one request an event', async () => {
  const page = await openPage()
  await allArrived(page)
  let blocked = 0
  await page.route('**/v1/e', route => {
    blocked += 1
    return route.abort('blockedbyclient')
  })
  await page.evaluate(() => window.footfall('search'))
  await allArrived(page).catch(() => {})
  await page.evaluate(() => fetch('/').then(response => response.text()))
  // The event, and the first request of allArrived.
  expect(blocked).toBe(2)
})
