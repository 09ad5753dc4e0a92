import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { allArrived, collector, openPage } from './stage'

// Shown in a frame, so that the page stays.
const AWAY = 'target="frame" action="/sent"'
const FIELDS = '<input id="name" required><input id="more"><button id="send">Send</button>'
const FRAME = '<iframe name="frame"></iframe>'

const names = () => collector.events.map(({ k }) => k)

const fillAndSend = async (page: Page, send: (page: Page) => Promise<void>) => {
  await page.click('#more')
  // Not yet valid.
  await page.click('#send')
  await page.press('#more', 'Enter')
  await allArrived(page)
  expect(names()).toEqual([])
  await page.fill('#name', 'Ada')
  await send(page)
  await collector.until('events', 1)
  await allArrived(page)
}

test.each([
  ['a click', (page: Page) => page.click('#send')],
  ['Enter', (page: Page) => page.press('#more', 'Enter')],
  ['a script', (page: Page) => page.evaluate(() => document.querySelector('form')?.requestSubmit())],
])('the mark of a form counts when it is submitted by %s, once', async (_, send) => {
  const page = await openPage(
    `${FRAME}<form ${AWAY} data-footfall="generate_lead" data-footfall-plan="pro">${FIELDS}</form>`,
  )
  await fillAndSend(page, send)
  expect(collector.events).toMatchObject([{ k: 'generate_lead', o: { plan: 'pro' } }])
})

test('the mark of a submit button counts when its form is submitted by it, once', async () => {
  const marked = FIELDS.replace('<button', '<button data-footfall="sign_up"')
  const page = await openPage(
    `${FRAME}<form ${AWAY}>${marked}<button id="other">Later</button><button id="plain" type="button" data-footfall="help">?</button></form>`,
  )
  await page.click('#plain')
  await collector.until('events', 1)
  await page.fill('#name', 'Ada')
  await page.click('#other')
  await page.fill('#name', '')
  await page.click('#send')
  await page.fill('#name', 'Ada')
  await page.press('#more', 'Enter')
  await collector.until('events', 2)
  await allArrived(page)
  expect(names()).toEqual(['help', 'sign_up'])
})

test('a marked button outside of any form counts clicks, three quick ones as three', async () => {
  const page = await openPage('<button data-footfall="plus_one">+1</button>')
  await page.click('button', { clickCount: 3 })
  await collector.until('events', 3)
  await page.goto('about:blank')
  const [totals] = await collector.until('totals', 1)
  expect([names(), totals?.c]).toEqual([Array(3).fill('plus_one'), 1])
})
