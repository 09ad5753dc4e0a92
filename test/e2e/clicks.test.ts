import { expect, test } from 'vitest'
import { allArrived, collector, leave, openPage } from './stage'

const clicksOn = async (body: string, act: (page: Awaited<ReturnType<typeof openPage>>) => Promise<void>) => {
  const page = await openPage(body)
  await act(page)
  await leave(page)
  const [totals] = await collector.until('totals', 1)
  return totals?.c
}

test('a click on an interactive element counts', async () => {
  const body =
    '<button>A</button><input><select><option>B</select><div tabindex="0">C</div><details><summary>D</summary></details>'
  const count = await clicksOn(body, async page => {
    for (const selector of ['button', 'input', 'select', 'div', 'summary']) await page.click(selector)
  })
  expect(count).toBe(5)
})

test('a click on a label is one click, on its field', async () => {
  expect(await clicksOn('<label>Yes <input type="checkbox"></label>', page => page.click('label'))).toBe(1)
})

test('a double click is one click', async () => {
  expect(await clicksOn('<button>A</button>', page => page.dblclick('button'))).toBe(1)
})

test('the keyboard clicks too', async () => {
  expect(await clicksOn('<button>A</button>', page => page.press('button', 'Enter'))).toBe(1)
})

test('a click inside a button counts, even if the page stops its propagation', async () => {
  const body =
    '<button><b>A</b></button><script>document.querySelector("b").onclick = e => e.stopImmediatePropagation()</script>'
  expect(await clicksOn(body, page => page.click('b'))).toBe(1)
})

test('clicks on non-interactive elements and synthetic clicks do not count', async () => {
  const count = await clicksOn('<p>Text</p><main tabindex="-1">Main</main><button>A</button>', async page => {
    await page.click('p')
    await page.click('main')
    await page.evaluate(() => document.querySelector('button')?.click())
  })
  expect(count).toBe(0)
})

test('a link to another site is an outbound click, without its query', async () => {
  const page = await openPage('<a target="_blank">Away</a>')
  const away = collector.url('/away', '127.0.0.1')
  await page.evaluate(href => document.querySelector('a')?.setAttribute('href', href), `${away}?secret=1`)
  await page.click('a')
  await collector.until('events', 1)
  expect(collector.events).toMatchObject([{ k: 'outbound_click', o: { link_url: away }, u: collector.url('/') }])
})

test('a link within the site, to a subdomain, another port or a mail program is not an outbound click', async () => {
  const page = await openPage(
    '<a href="#here">1</a><a href="//shop.localhost:1/">2</a><a href="//localhost:1/">3</a><a href="mailto:a@b.example">4</a>' +
      '<script>addEventListener("click", e => e.preventDefault())</script>',
  )
  for (const link of await page.locator('a').all()) await link.click()
  await allArrived(page)
  expect(collector.events).toEqual([])
})

test.each(['/guide.pdf', '/Sheet.XLSX?v=2', '/a.b/film.mp4'])('a link to %s is a download', async path => {
  const page = await openPage(
    `<a href="${path}">File</a><script>addEventListener("click", e => e.preventDefault())</script>`,
  )
  await page.click('a')
  await collector.until('events', 1)
  expect(collector.events).toMatchObject([
    { k: 'file_download', o: { link_url: collector.url(path.replace(/\?.*/, '')) } },
  ])
})

test('a link with a download attribute is a download, a page is not', async () => {
  const page = await openPage(
    '<a id="report" href="/report" download>Report</a><a id="page" href="/pdf">Page</a>' +
      '<script>addEventListener("click", e => e.preventDefault())</script>',
  )
  await page.click('#report')
  await page.click('#page')
  await allArrived(page)
  expect(collector.events.map(({ k, o }) => [k, o?.link_url])).toEqual([['file_download', collector.url('/report')]])
})

test('an element with data-footfall sends its event, with numbers as numbers and goods as an item', async () => {
  const page = await openPage(
    '<button data-footfall="add_to_cart" data-footfall-currency="USD" data-footfall-value="40" data-footfall-item-id="007" ' +
      'data-footfall-item-name="Mug" data-footfall-price="20.00" data-footfall-quantity="2" data-footfall-plan-size="3" ' +
      'data-footfall-transaction-id="000123"><b>Add</b></button>',
  )
  await page.click('b')
  await collector.until('events', 1)
  await allArrived(page)
  expect(collector.events).toMatchObject([{ k: 'add_to_cart' }])
  expect(collector.events[0]?.o).toEqual({
    currency: 'USD',
    value: 40,
    plan_size: 3,
    transaction_id: '000123',
    items: [{ item_id: '007', item_name: 'Mug', price: 20, quantity: 2 }],
  })
})

test('empty attributes are no properties, and only numbers are numbers', async () => {
  const page = await openPage(
    '<button data-footfall="view_item" data-footfall-price="" data-footfall-value="" data-footfall-postcode="01067" ' +
      'data-footfall-share="0.5" data-footfall-none="0" data-footfall-text="1,299.00" data-footfall-note="€20">View</button>',
  )
  await page.click('button')
  await collector.until('events', 1)
  expect(collector.events[0]?.o).toEqual({ postcode: '01067', share: 0.5, none: 0, text: '1,299.00', note: '€20' })
})

test('clicks inside an open shadow root count, with its marks', async () => {
  const count = await clicksOn('<div></div>', async page => {
    await page.evaluate(() => {
      const root = document.querySelector('div')?.attachShadow({ mode: 'open' })
      if (root) root.innerHTML = '<button data-footfall="search">Search</button>'
    })
    await page.click('button')
  })
  expect([count, collector.events.map(({ k }) => k)]).toEqual([1, ['search']])
})

test('a click that sends an event also counts as a click', async () => {
  expect(await clicksOn('<button data-footfall="search">A</button>', page => page.click('button'))).toBe(1)
  expect(collector.events).toMatchObject([{ k: 'search', o: {} }])
})
