import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { Filter, Question } from '../../../shared/question'
import { OVERVIEW_CARDS } from '../../../worker/dashboard/overviewCards'
import { shopEvents } from '../../e2e/dashboardEvents'
import {
  addSite,
  ask,
  loaded,
  open,
  openTab,
  post,
  seriousFindings,
  server,
  signIn,
  visit,
} from '../../e2e/dashboardStage'

const COLUMNS = ['visitors', 'sessions', 'bounce_rate', 'conversion_rate', 'revenue']
const COLUMNS_OF_PAGES = ['pageviews', 'clicks', 'scroll_depth']
const ALL_COLUMNS = ['visitors', 'sessions', 'pageviews', 'bounce_rate', 'conversion_rate', 'revenue']

beforeAll(async () => {
  await post(shopEvents())
})

const searchOf = (page: Page) => new URL(page.url()).search

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
  metrics = dimension === 'page' ? COLUMNS_OF_PAGES : COLUMNS,
) => {
  const { rows } = await ask({
    period: '30d',
    ...question,
    metrics,
    dimensions: [dimension],
    order_by: [[metrics[0] ?? '', 'desc']],
    limit: 10,
  })
  return rows.flatMap(row => metrics.map(id => textOf(row.metrics[id]?.value)))
}

/** The chart's rows are rendered on demand. */
const showTable = async (page: Page) => {
  await page.getByText('Show as table').click()
  await page.locator('#chart tbody tr').first().waitFor()
}

const shownCards = (page: Page) => valuesIn(page, '#cards [data-value]')
const shownRows = (page: Page) => valuesIn(page, '#breakdown [data-value]')

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
  expect(searchOf(page)).toBe('?period=7d')
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
  expect(await shownRows(page)).toEqual(await rowsOf('page'))
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
  expect(await card.locator('.change').textContent()).toMatch(/pp, (better|worse|not significant)$/)
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
  await page.getByRole('heading', { level: 3, name: 'Revenue' }).waitFor()
  expect(searchOf(page)).toBe('?site=localhost&metric=revenue')
  expect(await page.locator('#cards [aria-current]').getAttribute('href')).toContain('metric=revenue')
})

test('a click on a row filters everything; reload, back and a link preserve the view', async () => {
  const page = await open('/?site=localhost&by=channel')
  const before = await shownCards(page)
  await page.getByRole('link', { name: 'Organic search' }).click()
  await page.getByRole('list', { name: 'Filters' }).waitFor()
  await loaded(page)
  expect(searchOf(page)).toBe('?site=localhost&is.channel=Organic+search&by=channel')
  const filters: Filter[] = [['is', 'channel', ['Organic search']]]
  const filtered = await cardsOf({ filters })
  expect(filtered).not.toEqual(before)
  expect(await shownCards(page)).toEqual(filtered)
  expect(await shownRows(page)).toEqual(await rowsOf('channel', { filters }))

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
  ['Pages', 'page', 'Page'],
  ['Sources', 'channel', 'Channel'],
  ['Campaigns', 'campaign', 'Campaign'],
  ['Locations', 'country', 'Country'],
  ['Devices', 'device', 'Device'],
])('the tab %s breaks down by %s, and its first row filters', async (tab, dimension, name) => {
  const page = await open('/?site=localhost&by=os')
  await page.getByRole('link', { name: tab, exact: true }).click()
  await page.getByRole('columnheader', { name, exact: true }).waitFor()
  await loaded(page)
  expect(searchOf(page)).toBe(`?site=localhost&by=${dimension}`)
  expect(await shownRows(page)).toEqual(await rowsOf(dimension))
  const metrics = [dimension === 'page' ? 'pageviews' : 'visitors']
  const { rows } = await ask({ period: '30d', metrics, dimensions: [dimension], limit: 1 })
  const first = rows[0]?.dimensions?.[dimension] ?? ''
  await page.locator('#breakdown .group').first().click()
  await page.getByRole('list', { name: 'Filters' }).waitFor()
  await loaded(page)
  expect(new URL(page.url()).searchParams.get(`is.${dimension}`)).toBe(first)
  expect(await shownCards(page)).toEqual(await cardsOf({ filters: [['is', dimension, [first]]] }))
})

test('more columns can be shown, and stay when another dimension is chosen', async () => {
  const page = await open('/?site=localhost')
  await page.getByRole('link', { name: 'More columns' }).click()
  await page.waitForURL(/columns=all/)
  await loaded(page)
  expect(await shownRows(page)).toEqual(await rowsOf('page', {}, ALL_COLUMNS))
  await page.getByRole('link', { name: 'Sources', exact: true }).click()
  await page.getByRole('columnheader', { name: 'Channel', exact: true }).waitFor()
  await loaded(page)
  expect(await shownRows(page)).toEqual(await rowsOf('channel', {}, ALL_COLUMNS))
  await page.getByRole('link', { name: 'Fewer columns' }).click()
  await page.waitForURL(url => !url.searchParams.has('columns'))
  await loaded(page)
  expect(await shownRows(page)).toEqual(await rowsOf('channel'))
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
  expect(searchOf(page)).toBe('?site=new.example')
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
  expect(searchOf(page)).toBe('?site=other.example&period=90d')
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
  await page.getByRole('link', { name: 'Sources' }).click()
  await page.getByLabel('Admin token').fill(server.adminToken)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('columnheader', { name: 'Channel' }).waitFor()
  expect(searchOf(page)).toBe('?site=localhost&by=channel')
})

test('numbers, dates and money follow the reader’s locale', async () => {
  const page = await open('/?site=localhost&metric=revenue', { locale: 'de-DE' })
  const { rows } = await ask({ period: '30d', metrics: ['revenue'] })
  const money = new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'USD' })
  expect(await page.locator('[data-metric=revenue] .value').textContent()).toBe(
    money.format(Number(rows[0]?.metrics.revenue?.value)),
  )
  await showTable(page)
  expect(await page.locator('#chart tbody th').first().textContent()).toMatch(/^(Mo|Di|Mi|Do|Fr|Sa|So)\.?,? \d/)
  const byCountry = await open('/?site=localhost&by=country', { locale: 'de-DE' })
  await byCountry.getByRole('link', { name: 'Schweden' }).waitFor()
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
  await page.getByRole('link', { name: 'Locations' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Sweden' }).waitFor()
  await loaded(page)
  expect(await focused()).toBe('Locations')
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
  page.locator('#breakdown table').evaluate(table => {
    const { x, y } = table.getBoundingClientRect()
    return [...table.querySelectorAll('th, td')].map(cell => {
      const box = cell.getBoundingClientRect()
      return [box.x - x, box.y - y, box.width, box.height].map(Math.round)
    })
  })

test.each([1280, 390])('a row shows its intervals on focus without layout shift, %d wide', async width => {
  const page = await open('/?site=localhost&by=channel', { viewport: { width, height: 900 } })
  const before = await places(page)
  const interval = page.locator('#breakdown tbody tr').first().locator('.range').nth(2)
  expect(await interval.isVisible()).toBe(false)
  await page.locator('#breakdown .group').first().focus()
  expect(await interval.isVisible()).toBe(true)
  expect(await places(page)).toEqual(before)
})

test.each([0.1, 0.5, 0.9])('a click beside a focused row counts, at %d of the height', async height => {
  const page = await open('/?site=localhost&by=channel')
  await page.locator('#breakdown .group').first().focus()
  const other = page.locator('#breakdown .group').nth(1)
  await other.scrollIntoViewIfNeeded()
  const [name, box] = [await other.textContent(), await other.boundingBox()]
  await page.mouse.move((box?.x ?? 0) + 30, (box?.y ?? 0) + (box?.height ?? 0) * height)
  await page.mouse.down()
  await page.mouse.up()
  await page.getByRole('list', { name: 'Filters' }).waitFor({ timeout: 5_000 })
  expect(new URL(page.url()).searchParams.get('is.channel')).toBe(name)
})

const LOOKS = [
  { colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  { colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const

test.each(LOOKS)(
  'axe finds nothing serious, and nothing is wider than the page: $colorScheme, $viewport.width',
  async look => {
    const page = await openTab(look)
    await page.goto('/')
    expect(await seriousFindings(page)).toEqual([])
    await signIn(page)
    for (const path of [
      '/?site=localhost&is.country=SE&by=channel',
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
