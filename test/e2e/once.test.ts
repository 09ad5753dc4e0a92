import { expect, test } from 'vitest'
import { allArrived, collector, openTab } from './stage'

/** Runs the scripts of a new body again in the same document, as Turbo and htmx do. */
const rerun = (stub: string) => `
  <script>${stub}</script><button data-footfall="search">Search</button>
  <script>
    self.visit = path => {
      history.pushState({}, '', path)
      for (const old of document.querySelectorAll('script')) {
        const script = document.createElement('script')
        for (const { name, value } of old.attributes) script.setAttribute(name, value)
        script.textContent = old.textContent
        old.replaceWith(script)
      }
      return new Promise(resolve => { document.querySelector('[src]').onload = resolve })
    }
  </script>`

const GUARDED = 'window.footfall ||= function () { (footfall.q ||= []).push(arguments) }'

test('a page whose tag runs again counts once', async () => {
  collector.show('/', `<body>${rerun(GUARDED)}${collector.tag()}${collector.tag()}`)
  const page = await openTab()
  await page.goto(collector.url('/'))
  await collector.until('views', 1)
  await page.evaluate("visit('/b')")
  await page.evaluate("visit('/c')")
  await page.click('button')
  await page.evaluate(() => window.footfall('lunch'))
  await collector.until('events', 2)
  await allArrived(page)
  expect(collector.paths).toEqual(['/', '/b', '/c'])
  expect(collector.events.map(({ k }) => k).sort()).toEqual(['lunch', 'search'])
})

test('a page whose stub overwrites the running function still counts once', async () => {
  const stub = 'function footfall() { (footfall.q = footfall.q || []).push(arguments) }'
  collector.show('/', `<body>${rerun(stub)}${collector.tag()}`)
  const page = await openTab()
  await page.goto(collector.url('/'))
  await collector.until('views', 1)
  await page.evaluate("visit('/b')")
  await page.evaluate("visit('/c')")
  await collector.until('views', 3)
  await allArrived(page)
  expect(collector.paths).toEqual(['/', '/b', '/c'])
})
