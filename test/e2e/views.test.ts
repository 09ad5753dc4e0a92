import { expect, test } from 'vitest'
import { allArrived, collector, leave, openTab } from './stage'

const open = async (body: string, attributes = '') => {
  collector.show('/', `${collector.tag(attributes, 'v.js')}<body>${body}`)
  const page = await openTab()
  await page.goto(collector.url('/'))
  return page
}

test('v.js records page views with visible time and depth, and calls, but no clicks', async () => {
  const page = await open(
    '<button data-footfall="search">Search</button><a href="/a.pdf" target="_blank">File</a><p data-guide="g" data-guide-step="1">Step',
  )
  await collector.until('views', 1)
  await page.click('button')
  await page.evaluate(() => {
    window.footfall('lunch', { guests: 2 })
    history.pushState({}, '', '/b')
  })
  await collector.until('views', 2)
  await leave(page)
  const totals = await collector.until('totals', 2)
  expect(totals[0]?.m).toBeGreaterThan(0)
  expect(totals.map(({ d, c }) => [d, c])).toEqual([
    [100, undefined],
    [100, undefined],
  ])
  expect(collector.events).toMatchObject([{ k: 'lunch', o: { guests: 2 } }])
  expect(collector.paths).toEqual(['/', '/b'])
})

test('v.js follows its attributes', async () => {
  const page = await open('', 'data-id="persistent" data-exclude="/private*"')
  await collector.until('views', 1)
  await page.evaluate(() => history.pushState({}, '', '/private/a'))
  await collector.until('totals', 1)
  await allArrived(page)
  expect(collector.paths).toEqual(['/'])
  expect(collector.beacons[0]?.p).toMatch(/^0\.\d{10,}$/)
})

test('a page with v.js and a collector that fails sees no error', async () => {
  collector.reply = { status: 0 }
  const errors: string[] = []
  const page = await open('')
  page.on('pageerror', error => errors.push(error.message))
  await page.evaluate(() => window.footfall('search'))
  await collector.until('events', 1)
  await allArrived(page)
  expect(errors).toEqual([])
})
