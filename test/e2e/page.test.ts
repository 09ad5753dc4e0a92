import { expect, test, vi } from 'vitest'
import { allArrived, collector, leave, openPage, openTab } from './stage'

test('calls made before the file arrives are sent after the page view, in order', async () => {
  const page = await openPage(
    `<script>
      window.footfall = window.footfall || function () { (footfall.q = footfall.q || []).push(arguments) }
      footfall('view_item', { items: [{ item_id: 'mug' }] })
      footfall('search')
    </script>`,
  )
  await collector.until('events', 2)
  await allArrived(page)
  expect(collector.records.map(({ k }) => k).sort()).toEqual([undefined, 'search', 'view_item'].sort())
  expect(collector.events.find(({ k }) => k === 'view_item')?.o).toEqual({ items: [{ item_id: 'mug' }] })
  const [view] = collector.views
  for (const { t } of collector.events) expect(t).toBeGreaterThanOrEqual(view?.t ?? 0)
})

test('footfall() sends an event with its properties, page and referrer', async () => {
  collector.serve('/', '')
  const page = await openTab()
  await page.goto(collector.url('/a'), { referer: 'https://www.bing.com/' })
  await page.evaluate(() => {
    window.footfall('identify', { user_id: 'u_42' })
    history.replaceState({}, '', '/b')
    window.footfall('lunch', { guests: 2 })
  })
  await collector.until('events', 2)
  const known = collector.events.sort((a, b) => (a.k ?? '').localeCompare(b.k ?? ''))
  expect(known).toMatchObject([
    { k: 'identify', o: { user_id: 'u_42' }, u: collector.url('/a'), r: 'https://www.bing.com/' },
    { k: 'lunch', o: { guests: 2 }, u: collector.url('/b'), r: 'https://www.bing.com/' },
  ])
})

test('a call without a name records nothing', async () => {
  const page = await openPage()
  await page.evaluate(() => {
    const call = window.footfall as (name?: unknown) => void
    call()
    call(undefined)
    call(null)
    call('')
    call('lunch')
  })
  await collector.until('events', 1)
  await allArrived(page)
  expect([collector.views.length, collector.events.length]).toEqual([1, 1])
})

const ODD = () => {
  const order: Record<string, unknown> = { plan: 'pro', seats: 0, none: undefined, id: 1n }
  order.self = order
  Object.defineProperty(order, 'thrower', {
    enumerable: true,
    get: () => {
      throw new Error('Ours')
    },
  })
  window.footfall('circle', { items: [order], value: 20 })
  window.footfall('order', order)
}

test.each(['s.js', 'v.js'] as const)(
  '%s sends {} for a property that JSON cannot hold, and the others',
  async script => {
    collector.show('/', `${collector.tag('', script)}<body>`)
    const page = await openTab()
    const errors: string[] = []
    page.on('pageerror', error => errors.push(error.message))
    await page.goto(collector.url('/'))
    await page.evaluate(ODD)
    await collector.until('events', 2)
    const sent = collector.events.toSorted((a, b) => (a.k ?? '').localeCompare(b.k ?? ''))
    expect(sent.map(({ o }) => o)).toEqual([
      { items: {}, value: 20 },
      { plan: 'pro', seats: 0, id: {}, self: {}, thrower: {} },
    ])
    expect(errors).toEqual([])
  },
)

test('a property that JSON cannot hold keeps nothing from being sent again', async () => {
  collector.serve('/', '')
  collector.reply = { status: 500 }
  const page = await openTab()
  await page.goto(collector.url('/'))
  await collector.until('views', 1)
  await page.evaluate(ODD)
  await collector.until('events', 2)
  await allArrived(page)
  collector.reply = { status: 204 }
  await page.evaluate(() => window.footfall('lunch'))
  await vi.waitFor(() => expect(collector.beacons.at(-1)?.e).toHaveLength(4))
})

test('with data-id="persistent" the id persists across pages', async () => {
  collector.serve('/', '', 'data-id="persistent"')
  const page = await openTab()
  await page.goto(collector.url('/'))
  await collector.until('views', 1)
  await page.goto(collector.url('/b'))
  await collector.until('views', 2)
  const ids = new Set(collector.beacons.map(({ p }) => p))
  expect(ids.size).toBe(1)
  expect([...ids][0]).toMatch(/^0\.\d{10,}$/)
})

test('page views are sent without an id where the browser blocks storage', async () => {
  collector.serve('/', '', 'data-id="persistent"')
  const page = await openTab()
  await page.addInitScript(() =>
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('Access is denied.', 'SecurityError')
      },
    }),
  )
  await page.goto(collector.url('/'))
  await collector.until('views', 1)
  expect(collector.beacons[0]).not.toHaveProperty('p')
})

test('page views are sent without an id where the storage is full', async () => {
  collector.serve('/', '', 'data-id="persistent"')
  const page = await openTab()
  await page.addInitScript(() => {
    for (let length = 1 << 22; length >= 1; length >>= 1)
      while (true)
        try {
          localStorage.setItem(`${localStorage.length}`, 'x'.repeat(length))
        } catch {
          break
        }
  })
  await page.goto(collector.url('/'))
  await collector.until('views', 1)
  expect(collector.beacons[0]).not.toHaveProperty('p')
})

test('data-api sends beacons to another collector', async () => {
  collector.serve('/', '', `data-api="${collector.url('/folder', '127.0.0.1')}"`)
  const page = await openTab()
  await page.goto(collector.url('/'))
  await collector.until('views', 1)
  expect(collector.requests.map(({ url, headers }) => [url, headers.host])).toEqual([
    ['/folder/v1/e', new URL(collector.url('/', '127.0.0.1')).host],
  ])
})

test('a page with the strictest policy is measured', async () => {
  const origin = new URL(collector.url('/')).origin
  const policy = `default-src 'none'; script-src ${origin}; connect-src ${origin}`
  collector.serve('/', '<button data-footfall="search">Search</button>', '', { 'content-security-policy': policy })
  const page = await openTab()
  const lines: string[] = []
  page.on('console', message => lines.push(message.text()))
  await page.goto(collector.url('/'))
  await page.click('button')
  await collector.until('events', 1)
  await leave(page)
  await collector.until('totals', 1)
  expect(lines.filter(line => !line.includes('data:'))).toEqual([])
})

const inspect = () => {
  const own = (object: object) =>
    Object.entries(Object.getOwnPropertyDescriptors(object)).map(([name, { value, get, set }]) => [
      name,
      value,
      get,
      set,
    ])
  const prototypes = [
    History,
    EventTarget,
    Node,
    Element,
    HTMLElement,
    Document,
    Window,
    Navigator,
    Storage,
    Promise,
    Array,
    Object,
  ]
  return { names: Object.getOwnPropertyNames(window), prototypes: prototypes.map(({ prototype }) => own(prototype)) }
}

test('the page gets one global and a wrapped pushState, and nothing else changes', async () => {
  const page = await openPage(`<script>
    self.before = (${inspect})()
    self.changes = () => {
      const after = (${inspect})()
      const flat = found => found.prototypes.flat(2)
      return {
        names: after.names.filter(name => !before.names.includes(name)),
        same: flat(after).length === flat(before).length && flat(after).every((value, i) => Object.is(value, flat(before)[i])),
        history: Object.getOwnPropertyNames(history),
      }
    }
  </script>`)
  const changes = await page.evaluate(() => (self as unknown as { changes(): unknown }).changes())
  expect(changes).toEqual({ names: ['before', 'changes', 'footfall'], same: true, history: ['pushState'] })
})

test('pushState keeps its effect, return value and exceptions', async () => {
  const page = await openPage()
  const seen = await page.evaluate(() => {
    const returned = history.pushState({ a: 1 }, '', '/b')
    try {
      history.pushState({}, '', 'https://other.example/')
      return 'no error'
    } catch (error) {
      return [returned, history.state, location.pathname, (error as Error).name]
    }
  })
  expect(seen).toEqual([undefined, { a: 1 }, '/b', 'SecurityError'])
})

test.each([
  ['answers with an error', () => ({ status: 500, body: 'no' })],
  ['cuts the connection', () => ({ status: 0 })],
])('a collector that %s causes no error on the page', async (_, reply) => {
  const errors: string[] = []
  collector.serve('/', '<button data-footfall="search">Search</button>')
  collector.reply = reply()
  const page = await openTab()
  page.on('pageerror', error => errors.push(error.message))
  await page.goto(collector.url('/'))
  await page.click('button')
  await collector.until('records', 2)
  await page.evaluate(() => {
    const circle: Record<string, unknown> = {}
    circle.circle = circle
    window.footfall('search', circle)
  })
  await allArrived(page)
  expect(errors).toEqual([])
})

test('the snippet does not catch errors of the page', async () => {
  const page = await openPage('<button onclick="throw new Error(\'Ours\')">A</button>')
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.message))
  await page.click('button')
  await allArrived(page)
  expect(errors).toEqual(['Ours'])
})

test('a page with a broken fetch keeps working', async () => {
  collector.serve('/', '<button>A</button>')
  const page = await openTab()
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.message))
  await page.addInitScript(() => {
    window.fetch = () => Promise.reject(new TypeError('Failed'))
  })
  await page.goto(collector.url('/'))
  await page.evaluate(() => {
    window.fetch = () => {
      throw new Error('Broken')
    }
    window.footfall('search')
  })
  await page.click('button')
  expect(errors).toEqual([])
})
