import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test, vi } from 'vitest'
import type { Filter, Question } from '../../../shared/question'
import { OVERVIEW_CARDS } from '../../../worker/dashboard/overviewCards'
import { shopEvents } from '../../e2e/dashboardEvents'
import {
  addSite,
  ask,
  LOOKS,
  loaded,
  open,
  openTab,
  post,
  seriousFindings,
  server,
  signIn,
  visit,
} from '../../e2e/dashboardStage'

const SHEET_COLUMNS = ['visitors', 'sessions', 'bounce_rate', 'conversion_rate', 'revenue']
const SHEET_COLUMNS_OF_PAGES = ['pageviews', 'clicks', 'scroll_depth']

beforeAll(async () => {
  await post(shopEvents())
})

const searchOf = (page: Page) => new URL(page.url()).search

/** The address may change a moment after what is on the page. */
const untilSearchIs = (page: Page, search: string) => vi.waitFor(() => expect(searchOf(page)).toBe(search), 20_000)

const valuesIn = (page: Page, selector: string) =>
  page.locator(selector).evaluateAll(elements => elements.map(element => element.getAttribute('data-value')))

const textOf = (value: number | null | undefined) => (value === null || value === undefined ? '' : String(value))

/** The API's answer for the overview. */
const cardsOf = async (question: Omit<Question, 'site' | 'metrics'> = {}) => {
  const { rows } = await ask({ period: '30d', ...question, metrics: OVERVIEW_CARDS })
  return OVERVIEW_CARDS.map(id => textOf(rows[0]?.metrics[id]?.value))
}

const rowsOf = async (
  dimension: string,
  question: Omit<Question, 'site' | 'metrics'> = {},
  metrics = [dimension === 'page' ? 'pageviews' : 'visitors'],
) => {
  const { rows } = await ask({
    period: '30d',
    metrics,
    dimensions: [dimension],
    order_by: [[metrics[0] ?? '', 'desc']],
    limit: 9,
    ...question,
  })
  return rows.flatMap(row => metrics.map(id => textOf(row.metrics[id]?.value)))
}

/** The chart's rows are rendered on demand. */
const showTable = async (page: Page) => {
  await page.getByText('Show as table').click()
  await page.locator('#chart tbody tr').first().waitFor()
}

const shownCards = (page: Page) => valuesIn(page, '#cards [data-value]')
const shownRows = (page: Page, panel: string) => valuesIn(page, `#${panel} [data-value]`)
const sheetRows = (page: Page) => valuesIn(page, 'dialog[open] [data-value]')

test('a reader signs in, returns to the requested page, and signs out', async () => {
  const page = await openTab()
  await page.goto('/?period=7d')
  await page.getByLabel('Admin token').fill('nonsense')
  await page.getByRole('button', { name: 'Sign in' }).click()
  const rejected = await fetch(`${server.url}/api/v1/sites`, { headers: { authorization: 'Bearer nonsense' } })
  const { error } = (await rejected.json()) as { error: { message: string } }
  expect(await page.getByRole('alert').textContent()).toBe(error.message)
  await page.getByLabel('Admin token').fill(server.adminToken)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await loaded(page)
  await untilSearchIs(page, '?period=7d')
  expect(await page.getByRole('combobox', { name: 'Period' }).inputValue()).toBe('7d')
  expect(await page.context().cookies()).toMatchObject([{ httpOnly: true, sameSite: 'Strict', path: '/' }])
  expect(await page.evaluate(() => document.cookie)).toBe('')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByLabel('Admin token').waitFor()
  expect(await page.context().cookies()).toEqual([])
})

test('the overview shows the values of the API', async () => {
  const page = await open('/?site=localhost')
  expect(await shownCards(page)).toEqual(await cardsOf())
  expect(await shownRows(page, 'pages')).toEqual(await rowsOf('page'))
  const { rows } = await ask({ period: '30d', metrics: ['visitors'], granularity: 'day', compare: 'previous_period' })
  await showTable(page)
  const cells = await page.locator('#chart tbody td').allTextContents()
  expect(cells).toEqual(
    rows.flatMap(({ metrics: { visitors } }) => [textOf(visitors?.value), textOf(visitors?.previous)]),
  )
  expect(cells.length).toBe(60)
})

test('a card has its name, its change with a verdict in words, and its interval', async () => {
  const page = await open('/?site=localhost')
  const { rows } = await ask({ period: '30d', metrics: ['bounce_rate'], compare: 'previous_period' })
  const value = rows[0]?.metrics.bounce_rate
  const percent = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 1 })
  const card = page.locator('#cards [data-metric=bounce_rate]')
  expect(await card.locator('.value').textContent()).toBe(percent.format(Number(value?.value)))
  expect(await card.locator('.change').textContent()).toMatch(/pp (up, declined|down, improved|not significant)$/)
  expect(await card.locator('.detail').isVisible()).toBe(false)
  await card.getByRole('link').focus()
  const [low, high] = (value?.interval ?? []).map(bound => percent.format(bound))
  const detail = await card.locator('.detail:visible').textContent()
  expect(detail).toContain(`95% confidence interval: ${low} to ${high}.`)
  expect(detail).toContain(`${value?.numerator} of ${value?.denominator}.`)
  await page.keyboard.press('Escape')
  expect(await card.locator('.detail').isVisible()).toBe(false)
})

test('choosing a card charts its metric and changes the address', async () => {
  const page = await open('/?site=localhost')
  await page.getByRole('link', { name: /^Revenue/ }).click()
  await page.getByRole('heading', { level: 2, name: 'Revenue by day' }).waitFor()
  await untilSearchIs(page, '?site=localhost&metric=revenue')
  expect(await page.locator('#cards [aria-current]').getAttribute('href')).toContain('metric=revenue')
})

test('a click on a row filters everything; reload, back and a link preserve the view', async () => {
  const page = await open('/?site=localhost')
  const before = await shownCards(page)
  await page.getByRole('link', { name: 'Organic search' }).click()
  await page.getByRole('list', { name: 'Filters' }).waitFor()
  await loaded(page)
  await untilSearchIs(page, '?site=localhost&is.channel=Organic+search')
  const filters: Filter[] = [['is', 'channel', ['Organic search']]]
  const filtered = await cardsOf({ filters })
  expect(filtered).not.toEqual(before)
  expect(await shownCards(page)).toEqual(filtered)
  expect(await shownRows(page, 'sources')).toEqual(await rowsOf('channel', { filters }))

  await page.reload()
  await loaded(page)
  expect(await shownCards(page)).toEqual(filtered)
  const linked = await open(new URL(page.url()).pathname + searchOf(page))
  expect(await shownCards(linked)).toEqual(filtered)

  await page.getByRole('link', { name: 'is', exact: true }).click()
  await page.waitForURL(/is_not\.channel/)
  await loaded(page)
  expect(await shownCards(page)).toEqual(await cardsOf({ filters: [['is_not', 'channel', ['Organic search']]] }))
  await page.goBack()
  await page.waitForURL(/is\.channel/)
  await loaded(page)
  expect(await shownCards(page)).toEqual(filtered)
  await page.getByRole('link', { name: 'Remove: Channel is Organic search' }).click()
  await page.getByRole('list', { name: 'Filters' }).waitFor({ state: 'hidden' })
  await loaded(page)
  expect(await shownCards(page)).toEqual(before)
})

test.each([
  ['sources', 'Campaigns', 'campaign', 'Campaign'],
  ['pages', 'Entry', 'entry_page', 'Entry page'],
  ['locations', 'Cities', 'city', 'City'],
  ['devices', 'Browser', 'browser', 'Browser'],
])('in %s, the tab %s breaks down by %s, and its first row filters', async (panel, tab, dimension, name) => {
  const page = await open('/?site=localhost')
  await page.getByRole('link', { name: tab, exact: true }).click()
  await page.getByRole('columnheader', { name, exact: true }).waitFor()
  await loaded(page)
  await untilSearchIs(page, `?site=localhost&${panel}=${dimension}`)
  expect(await shownRows(page, panel)).toEqual(await rowsOf(dimension))
  const { rows } = await ask({ period: '30d', metrics: ['visitors'], dimensions: [dimension], limit: 1 })
  const first = rows[0]?.dimensions?.[dimension] ?? ''
  await page.locator(`#${panel} tbody td`).first().click()
  await page.getByRole('list', { name: 'Filters' }).waitFor()
  await loaded(page)
  expect(new URL(page.url()).searchParams.get(`is.${dimension}`)).toBe(first)
  expect(await shownCards(page)).toEqual(await cardsOf({ filters: [['is', dimension, [first]]] }))
})

test('a panel has shares and changes, is sorted by each column, and opens pages', async () => {
  const page = await open('/?site=localhost')
  const sources = page.getByRole('region', { name: 'Sources' })
  const { rows } = await ask({
    period: '30d',
    metrics: ['visitors'],
    dimensions: ['channel'],
    compare: 'previous_period',
  })
  const all = (await ask({ period: '30d', metrics: ['visitors'] })).rows[0]?.metrics.visitors?.value ?? 0
  const cells = await sources.getByRole('row').nth(1).getByRole('cell').allTextContents()
  const { value = 0, change } = rows[0]?.metrics.visitors ?? {}
  expect(cells[1]).toBe(`${Math.round((100 * Number(value)) / all)}%`)
  expect(cells[2]).toContain(`${Math.abs(Math.round(1000 * Number(change?.value)) / 10)}%`)

  const names = async () => (await sources.getByRole('rowheader').allTextContents()).join()
  const byVisitors = rows.map(({ dimensions }) => dimensions?.channel)
  expect(await names()).toBe(byVisitors.join())
  await sources.getByRole('link', { name: 'Channel', exact: true }).click()
  await sources.locator('th[aria-sort=ascending]').waitFor()
  await loaded(page)
  await untilSearchIs(page, '?site=localhost&sources_sort=channel.asc')
  expect(await names()).toBe(byVisitors.toSorted().join())
  await sources.getByRole('link', { name: 'Change', exact: true }).click()
  await sources.getByRole('columnheader', { name: 'Change' }).and(page.locator('[aria-sort=descending]')).waitFor()
  await loaded(page)
  const changeOf = (row: (typeof rows)[number]) => row.metrics.visitors?.change?.value ?? -Infinity
  const byChange = rows.toSorted((a, b) => changeOf(b) - changeOf(a)).map(({ dimensions }) => dimensions?.channel)
  expect(await names()).toBe(byChange.join())

  const link = page.getByRole('region', { name: 'Pages' }).getByRole('link', { name: 'Open /product/mug' })
  expect(await link.getAttribute('href')).toBe('http://localhost/product/mug')
})

test('a sheet shows all rows, with search, columns, sorting and a CSV of what is on the screen', async () => {
  const page = await open('/?site=localhost')
  await page.getByRole('region', { name: 'Locations' }).getByRole('link', { name: 'View all' }).click()
  const dialog = page.getByRole('dialog', { name: 'Locations' })
  await dialog.getByRole('columnheader', { name: 'Revenue' }).waitFor()
  await untilSearchIs(page, '?site=localhost&all=locations')
  expect(await sheetRows(page)).toEqual(await rowsOf('country', {}, SHEET_COLUMNS))
  await dialog.getByRole('searchbox').fill('swe')
  await dialog.getByText('1 row', { exact: true }).waitFor()
  expect(await dialog.getByRole('rowheader').allTextContents()).toEqual(['Sweden'])
  await dialog.getByText('Columns').click()
  await dialog.getByRole('checkbox', { name: 'Page views' }).check()
  await dialog.getByRole('columnheader', { name: 'Page views' }).waitFor()
  await loaded(page)
  const [file] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'CSV' }).click()])
  expect(file.suggestedFilename()).toMatch(/^locations_localhost_\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d\.csv$/)
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n')
  expect(lines.length).toBe(2)
  expect(lines[0]?.replace('\ufeff', '')).toBe(
    'country,country_name,visitors,visitors_share,visitors_previous,visitors_change,visitors_verdict,sessions,pageviews,bounce_rate,conversion_rate,revenue,revenue_currency',
  )
  expect(lines[1]).toMatch(/^SE,Sweden,/)
  await page.reload()
  await dialog.getByText('1 row', { exact: true }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Close' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await untilSearchIs(page, '?site=localhost')

  await page.goto('/?site=localhost&all=pages')
  const pages = page.getByRole('dialog', { name: 'Pages' })
  await pages.getByText('4 rows', { exact: true }).waitFor()
  expect(await sheetRows(page)).toEqual(await rowsOf('page', {}, SHEET_COLUMNS_OF_PAGES))
  await pages.getByRole('link', { name: '/about', exact: true }).click()
  await page.waitForURL('/?site=localhost&is.page=%2Fabout')
  await pages.waitFor({ state: 'hidden' })
})

test('what moved is shown on request, and each change filters', async () => {
  await addSite('moved.example')
  const time = (daysAgo: number, n: number) => new Date(Date.now() - daysAgo * 86_400_000 - n * 1000).toISOString()
  const views = (count: number, daysAgo: number, country: string) =>
    Array.from({ length: count }, (_, n) => ({
      name: 'page_view',
      visitor_id: `${country}${daysAgo}-${n}`,
      time: time(daysAgo, n),
      country,
      url: 'https://moved.example/',
    }))
  await post(
    [
      ...views(1, 62, 'NO'),
      ...views(300, 3, 'SE'),
      ...views(50, 3, 'NO'),
      ...views(60, 40, 'SE'),
      ...views(50, 40, 'NO'),
    ],
    'moved.example',
  )
  const page = await open('/?site=moved.example')
  const panel = page.getByRole('region', { name: 'What moved' })
  await panel.getByRole('link', { name: 'Show what moved' }).click()
  const item = panel.getByRole('listitem').filter({ hasText: 'Sweden' })
  expect(await item.textContent()).toContain('+240 visitors (+400%)')
  await item.getByRole('link', { name: 'Sweden' }).click()
  await page.waitForURL('/?site=moved.example&is.country=SE')
})

test('a sheet loads its rows by pages of 100', async () => {
  await addSite('many.example')
  await post(
    Array.from({ length: 230 }, (_, n) => ({
      name: 'page_view',
      visitor_id: 'v1',
      time: new Date(Date.now() - 86_400_000).toISOString(),
      url: `https://many.example/p${n}`,
    })),
    'many.example',
  )
  const page = await open('/?site=many.example&all=pages')
  const asked: unknown[] = []
  page.on('request', request => request.url().endsWith('/query') && asked.push(...JSON.parse(request.postData() ?? '')))
  const dialog = page.getByRole('dialog', { name: 'Pages' })
  await dialog.getByText('100+ rows').waitFor()
  await dialog.getByRole('link', { name: 'Show more' }).click()
  await dialog.getByText('200+ rows').waitFor()
  await dialog.getByRole('link', { name: 'Show more' }).click()
  await dialog.getByText('230 rows').waitFor()
  expect(asked).toMatchObject([{ offset: 100 }, { offset: 200 }])
  expect(new Set(await dialog.getByRole('rowheader').allTextContents()).size).toBe(230)
})

test('periods, custom dates, granularity and comparison follow the controls, the address and the back button', async () => {
  const page = await open('/?site=localhost')
  await page.getByRole('combobox', { name: 'Period' }).selectOption('7d')
  await page.waitForURL(/period=7d/)
  await loaded(page)
  expect(await shownCards(page)).toEqual(await cardsOf({ period: '7d' }))

  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
  await page.getByRole('combobox', { name: 'Period' }).selectOption('custom')
  await page.getByLabel('From', { exact: true }).fill(day(20))
  await page.getByLabel('To', { exact: true }).fill(day(11))
  await page.getByRole('button', { name: 'Apply' }).click()
  await page.waitForURL(url => url.searchParams.get('period') === `${day(20)},${day(11)}`)
  await loaded(page)
  expect(await shownCards(page)).toEqual(await cardsOf({ period: { from: day(20), to: day(11) } }))

  await page.getByRole('combobox', { name: 'Group by' }).selectOption('week')
  await page.waitForURL(/granularity=week/)
  await loaded(page)
  await showTable(page)
  const period = { from: day(20), to: day(11) }
  const weeks = await ask({ period, metrics: ['visitors'], granularity: 'week' })
  expect(await page.locator('#chart tbody tr').count()).toBe(weeks.rows.length)

  expect(await page.locator('#cards .change').count()).toBe(OVERVIEW_CARDS.length)
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption('off')
  await page.waitForURL(/compare=off/)
  await loaded(page)
  expect(await page.locator('#cards .change').count()).toBe(0)
  expect(await page.locator('.legend li').count()).toBe(1)

  await page.goBack()
  await page.goBack()
  await page.goBack()
  await page.waitForURL(/period=7d/)
  await loaded(page)
  expect(await page.getByRole('combobox', { name: 'Period' }).inputValue()).toBe('7d')
  expect(await page.getByLabel('From', { exact: true }).isVisible()).toBe(false)
  expect(await shownCards(page)).toEqual(await cardsOf({ period: '7d' }))
})

test.each(['hour', 'day', 'week', 'month'] as const)('the chart has a row for every %s', async granularity => {
  const page = await open(`/?site=localhost&period=7d&granularity=${granularity}`)
  await showTable(page)
  const { rows } = await ask({ period: '7d', metrics: ['visitors'], granularity, compare: 'previous_period' })
  const cells = await page.locator('#chart tbody td').allTextContents()
  expect(cells).toEqual(
    rows.flatMap(({ metrics: { visitors } }) =>
      [visitors?.value, visitors?.previous].map(value => (value === null || value === undefined ? '–' : String(value))),
    ),
  )
})

test('the overview shows goals with their rates after the rest, and asks nothing about them without any', async () => {
  const key = await addSite('goals.example', 'read')
  const event = (visitor_id: string, name: string) => ({ name, visitor_id, url: 'https://goals.example/' })
  await post(
    [event('v1', 'newsletter'), event('v2', 'newsletter'), event('v2', 'quote'), event('v3', 'page_view')],
    'goals.example',
  )
  const page = await openTab()
  const asked: string[] = []
  page.on('request', request => {
    const body = request.postData()
    if (body?.startsWith('[')) asked.push(body)
  })
  await signIn(page)
  await page.goto('/?site=goals.example')
  await loaded(page)
  const panel = page.getByRole('region', { name: 'Goals', exact: true })
  await panel.getByText('Add a goal to see how many visitors reach it.').waitFor()
  expect(asked.length).toBeGreaterThan(0)
  expect(asked.filter(body => body.includes('goal_'))).toEqual([])

  const goals = [
    { id: 'quote', name: 'Quote', event: 'quote' },
    { id: 'letter', name: 'Newsletter', event: 'newsletter' },
  ]
  await fetch(`${server.url}/api/v1/sites/goals.example`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ settings: { goals } }),
  })
  asked.length = 0
  await page.reload()
  await loaded(page)
  const shown = panel.getByRole('list', { name: 'Goals' }).getByRole('listitem')
  expect(await shown.allTextContents()).toEqual([
    expect.stringMatching(/^Newsletter2.*~66.7% of visitors \(.+ to .+\)$/),
    expect.stringMatching(/^Quote1.*~33.3% of visitors \(.+ to .+\)$/),
  ])
  expect(asked.map(body => body.includes('goal_'))).toEqual([false, true])
  expect(await panel.getByRole('link', { name: 'Add goal' }).getAttribute('href')).toBe(
    '/settings?site=goals.example#goals',
  )
  expect(await seriousFindings(page)).toEqual([])
  await panel.getByRole('link', { name: 'Outbound links' }).click()
  await page.waitForURL('/goals?site=goals.example#outbound')

  // Whoever may only read can add no goal.
  await fetch(`${server.url}/api/v1/sites/goals.example`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ settings: { goals: null } }),
  })
  const reader = await openTab()
  await signIn(reader, key)
  await reader.goto('/')
  await loaded(reader)
  expect(await reader.locator('#goals').isVisible()).toBe(false)
})

test('the first load transfers at most 90 kB and asks the API at most three times', async () => {
  const page = await openTab()
  await signIn(page)
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  let bytes = 0
  let calls = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  page.on('request', request => {
    if (new URL(request.url()).pathname.startsWith('/api/')) calls += 1
  })
  await page.goto('/?site=localhost')
  await loaded(page)
  await page.waitForLoadState('networkidle')
  expect(calls).toBeGreaterThan(0)
  expect(calls).toBeLessThanOrEqual(3)
  expect(bytes).toBeGreaterThan(20_000)
  expect(bytes).toBeLessThanOrEqual(90_000)
  console.log(`The first load transferred ${bytes} bytes in ${calls} calls of the API and its files.`)
})

test('a new site shows its script tag and waits for its first page view', async () => {
  const page = await open('/add')
  await page.getByLabel('Domain').fill('https://not a domain')
  await page.getByRole('button', { name: 'Add site' }).click()
  await page.getByText('must be a host like shop.example').waitFor()
  await page.getByLabel('Domain').fill('new.example')
  await page.getByLabel('Currency').selectOption('EUR')
  await page.getByRole('button', { name: 'Add site' }).click()
  await page.getByText('Waiting for the first page view…').waitFor()
  await untilSearchIs(page, '?site=new.example')
  expect(await page.getByLabel('Script tag').inputValue()).toBe(
    `<script defer src="${server.url}/s.js" data-site="new.example"></script>`,
  )
  await visit('https://new.example/', 'new.example')
  await page.getByText('It works: 1 page view so far.').waitFor()
  await page.getByRole('link', { name: 'Go to overview' }).click()
  await loaded(page)
  expect((await shownCards(page)).slice(0, 3)).toEqual(['1', '1', '1'])
})

test('the switcher changes the site and keeps the period', async () => {
  await addSite('other.example')
  const page = await open('/?site=localhost&period=90d&is.country=SE')
  await page.getByLabel('Site: localhost').click()
  await page.getByRole('link', { name: 'other.example' }).click()
  await page.waitForURL(/other\.example/)
  await loaded(page)
  await untilSearchIs(page, '?site=other.example&period=90d')
  expect((await shownCards(page))[0]).toBe('0')
  await page.locator('#chart').getByText('No sessions in this period').waitFor()
  expect(await page.getByRole('link', { name: 'Check your installation' }).getAttribute('href')).toBe(
    '/tag?site=other.example',
  )
})

test("a read key sees only its site and cannot open the owner's pages", async () => {
  const key = await addSite('keyed.example', 'read')
  const page = await openTab()
  await signIn(page, key)
  await page.goto('/')
  await loaded(page)
  await page.getByLabel('Site: keyed.example').click()
  expect(await page.locator('[data-site]').allTextContents()).toEqual(['keyed.example'])
  expect(await page.getByRole('link', { name: 'Add a site' }).count()).toBe(0)
  await page.goto('/add')
  expect(new URL(page.url()).pathname).toBe('/')
  const answer = await page.goto('/?site=localhost')
  expect(answer?.status()).toBe(404)
  expect(await page.textContent('main')).toContain('There is no site localhost here, or you don’t have access to it.')
  expect(await page.getByRole('listitem').allTextContents()).toEqual(['keyed.example'])
})

test.each(['/', '/cart', '/metrics', '/settings', '/add'])(
  '%s of an unknown site says so with 404, shows no other site, and has a way home',
  async path => {
    const page = await openTab()
    await signIn(page)
    const requests: string[] = []
    page.on('request', request => requests.push(new URL(request.url()).pathname))
    const answer = await page.goto(`${path}?site=shop.exampel&period=7d`)
    expect(answer?.status()).toBe(404)
    expect(answer?.headers()['cache-control']).toBe('no-store')
    await page.getByRole('heading', { name: 'Site not found' }).waitFor()
    expect(await page.title()).toBe('Site not found · Footfall')
    expect(await page.textContent('main')).toContain('There is no site shop.exampel here')
    expect(requests.filter(request => request.startsWith('/api/'))).toEqual([])
    expect(await seriousFindings(page)).toEqual([])
    await page.getByRole('link', { name: 'localhost', exact: true }).click()
    await page.waitForURL('/?site=localhost')
    await page.goBack()
    await page.getByRole('link', { name: 'Go to the dashboard' }).click()
    await page.waitForURL('/')
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
  },
)

test('an error is shown in a sentence, and can be retried', async () => {
  const page = await openTab()
  await signIn(page)
  await page.route('**/api/v1/query', route => route.abort())
  await page.goto('/?site=localhost')
  await page.locator('#cards').getByText('Couldn’t reach the server').waitFor()
  await page.unroute('**/api/v1/query')
  await page.locator('#cards').getByRole('button', { name: 'Try again' }).click()
  await page.locator('#cards .card').first().waitFor()
  expect(await shownCards(page)).toEqual(await cardsOf())

  await page.goto('/?site=localhost&period=2026-02-30,2026-03-01')
  await page.locator('#chart').getByText('is not a day like 2026-01-31').waitFor()
})

test('a reader who was signed out elsewhere signs in again and returns to the same view', async () => {
  const page = await open('/?site=localhost')
  await page.context().clearCookies()
  await page.getByRole('link', { name: 'Campaigns' }).click()
  await page.getByLabel('Admin token').fill(server.adminToken)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('columnheader', { name: 'Campaign' }).waitFor()
  await untilSearchIs(page, '?site=localhost&sources=campaign')
})

test('numbers, dates and money follow the reader’s region', async () => {
  const page = await open('/?site=localhost&metric=revenue', { locale: 'en-US' })
  const { rows } = await ask({ period: '30d', metrics: ['revenue'] })
  const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })
  expect(await page.locator('[data-metric=revenue] .value').textContent()).toBe(
    money.format(Number(rows[0]?.metrics.revenue?.value)),
  )
  await showTable(page)
  expect(await page.locator('#chart tbody th').first().textContent()).toMatch(
    /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [A-Z][a-z]{2} \d/,
  )
})

test('the theme follows the system until one is chosen', async () => {
  const page = await open('/?site=localhost', { colorScheme: 'dark' })
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const dark = await ground()
  await page.getByRole('button', { name: 'Theme: system' }).click()
  const light = await ground()
  expect(light).not.toBe(dark)
  await page.reload()
  await page.getByRole('button', { name: 'Theme: light' }).click()
  expect(await ground()).toBe(dark)
  await page.getByRole('button', { name: 'Theme: dark' }).click()
  await page.getByRole('button', { name: 'Theme: system' }).waitFor()
})

test('the keyboard skips to the content, and opens and closes menus', async () => {
  const page = await open('/?site=localhost')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
  const menu = page.getByLabel('Site: localhost')
  await menu.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Add a site' }).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Add a site' }).waitFor({ state: 'hidden' })
  expect(await menu.evaluate(element => element === document.activeElement)).toBe(true)
})

test('the focus stays where it was when a panel is redrawn', async () => {
  const page = await open('/?site=localhost')
  const focused = () => page.evaluate(() => document.activeElement?.textContent)
  await page.getByRole('link', { name: 'Cities' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('columnheader', { name: 'City' }).waitFor()
  await loaded(page)
  expect(await focused()).toBe('Cities')
  await page.getByRole('link', { name: 'Countries' }).click()
  await page.getByRole('link', { name: 'Sweden' }).waitFor()
  await loaded(page)
  await page.getByRole('link', { name: 'Sweden' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('list', { name: 'Filters' }).waitFor()
  await loaded(page)
  expect(await focused()).toBe('Sweden')
  expect(await page.locator('#announcement').textContent()).toMatch(/: updated\.$/)
  await page.getByRole('link', { name: 'Remove: Country is Sweden' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('list', { name: 'Filters' }).waitFor({ state: 'hidden' })
  await loaded(page)
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
})

/** Positions of the breakdown's cells in its table, which focus can scroll. */
const places = (page: Page) =>
  page.locator('#sources table').evaluate(table => {
    const { x, y } = table.getBoundingClientRect()
    return [...table.querySelectorAll('th, td')]
      .filter(cell => cell.checkVisibility())
      .map(cell => {
        const box = cell.getBoundingClientRect()
        return [box.x - x, box.y - y, box.width, box.height].map(Math.round)
      })
  })

test.each([1280, 390])('a row shows its intervals on focus without layout shift, %d wide', async width => {
  const page = await open('/?site=localhost', { viewport: { width, height: 900 } })
  const before = await places(page)
  const interval = page.locator('#sources tbody tr').first().locator('.range').first()
  expect(await interval.isVisible()).toBe(false)
  await page.locator('#sources .group').first().focus()
  expect(await interval.isVisible()).toBe(true)
  expect(await places(page)).toEqual(before)
})

test.each([0.1, 0.5, 0.9])('a click beside a focused row counts, at %d of the height', async height => {
  const page = await open('/?site=localhost')
  await page.locator('#sources .group').first().focus()
  const other = page.locator('#sources .group').nth(1)
  await other.scrollIntoViewIfNeeded()
  const [name, box] = [await other.textContent(), await other.boundingBox()]
  await page.mouse.move((box?.x ?? 0) + 30, (box?.y ?? 0) + (box?.height ?? 0) * height)
  await page.mouse.down()
  await page.mouse.up()
  await page.getByRole('list', { name: 'Filters' }).waitFor({ timeout: 5_000 })
  expect(new URL(page.url()).searchParams.get('is.channel')).toBe(name)
})

test.each(LOOKS)(
  'axe finds nothing serious, and nothing is wider than the page: $colorScheme, $viewport.width',
  async look => {
    const page = await openTab(look)
    await page.goto('/')
    expect(await seriousFindings(page)).toEqual([])
    await signIn(page)
    for (const path of [
      '/?site=localhost&is.country=SE',
      '/?site=localhost&period=today',
      '/add',
      '/tag?site=localhost',
    ]) {
      await page.goto(path)
      await loaded(page)
      for (const summary of await page.locator('.behind summary').all()) await summary.click()
      expect([path, ...(await seriousFindings(page))]).toEqual([path])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(look.viewport.width)
    }
  },
)
