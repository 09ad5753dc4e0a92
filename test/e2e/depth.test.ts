import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { collector, leave, openPage } from './stage'

const STYLE = '<style>body{margin:0}</style>'
const tall = (height: number) => `<div style="height:${height}px">Tall</div>`

/** Scrolls the first of these to a position, and waits for the event. */
const scrollTo = (page: Page, selector: string, top: number) =>
  page.evaluate(
    ([where, to]) =>
      new Promise<void>(resolve => {
        addEventListener('scroll', () => setTimeout(resolve), { once: true, capture: true })
        document.querySelector(where)?.scrollTo(0, to)
      }),
    [selector, top] as const,
  )

const depth = async (count = 1) => (await collector.until('totals', count)).map(({ d }) => Math.round(d ?? -1))

test('a router that changes the document before the address leaves the depth of the old page', async () => {
  const page = await openPage(`${STYLE}<a href="#">Next</a>${tall(7_200)}`)
  await page.evaluate(() => {
    document.querySelector('a')?.addEventListener('click', event => {
      event.preventDefault()
      document.body.innerHTML = '<p>Short</p>'
      history.pushState({}, '', '/b')
    })
  })
  await page.click('a')
  expect(await depth()).toEqual([10])
  await leave(page)
  expect(await depth(2)).toEqual([10, 100])
})

test('the depth of an app shell is that of the element that scrolls', async () => {
  const page = await openPage(
    `${STYLE}<main style="height:100vh;overflow:auto">${tall(7_200)}</main><textarea style="position:fixed;top:0"></textarea>`,
  )
  await scrollTo(page, 'main', 2_880)
  await scrollTo(page, 'main', 0)
  await leave(page)
  expect(await depth()).toEqual([50])
})

test('the end of a list that grows is not the end', async () => {
  const page = await openPage(`${STYLE}${tall(1_440)}`)
  await scrollTo(page, 'html', 720)
  await page.evaluate(html => document.body.insertAdjacentHTML('beforeend', html), tall(5_760))
  await leave(page)
  expect(await depth()).toEqual([20])
})

test('a page without a scrolling element, as in quirks mode with a scrolling body, still sends its totals', async () => {
  const page = await openPage(STYLE)
  await page.evaluate(() => {
    Object.defineProperty(document, 'scrollingElement', { value: null })
    history.pushState({}, '', '/b')
  })
  await collector.until('views', 2)
  await page.mouse.move(10, 10)
  await leave(page)
  await collector.until('records', 3)
  expect(collector.records.at(-1)).toMatchObject({ u: collector.url('/b'), m: expect.any(Number) })
})
