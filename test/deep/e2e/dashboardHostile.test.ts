import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { OVERVIEW_BREAKDOWNS } from '../../../worker/dashboard/overviewBreakdowns'
import { ask, loaded, open, post, server, signIn, visit } from '../../e2e/dashboardStage'

const TAGS = `"><script>document.title='owned'</script><img src=x onerror="document.title='owned'">`
const QUOTES = `' onmouseover='document.title=1' x="`
const TURNED = 'sale\u202egnp.exe\u2066\u200b'
const FORMULA = `=HYPERLINK("http://evil.example","Click")`
const CAMPAIGNS = [TAGS, QUOTES, TURNED, FORMULA, '+1+1', '-2+3', '@SUM(1)', '{{7*7}}', '%3Cb%3E', '😀']
const LONG = `/${'long/'.repeat(399)}end`

beforeAll(async () => {
  for (const campaign of CAMPAIGNS)
    await visit(`http://localhost/?utm_campaign=${encodeURIComponent(campaign)}&utm_source=${encodeURIComponent(TAGS)}`)
  await visit(`http://localhost${LONG}`)
  await visit(`http://localhost/<script>alert(1)</script>`)
  await post([
    ...CAMPAIGNS.map((campaign, at) => ({
      id: `hostile-${at}`,
      name: 'page_view',
      visitor_id: `visitor ${at}`,
      url: `http://localhost/${encodeURIComponent(campaign)}?utm_campaign=${encodeURIComponent(campaign)}`,
      country: 'SE',
    })),
  ])
})

const DIMENSIONS = ['page', 'entry_page', 'exit_page', 'source', 'referrer', 'campaign', 'medium', 'country', 'os']

/** Elements that only the dashboard itself may create. */
const built = (page: Page) =>
  page.evaluate(() => ({
    title: document.title,
    scripts: [...document.scripts].filter(({ src }) => !src.startsWith(`${location.origin}/assets/`)).length,
    images: document.images.length,
    handlers: [...document.querySelectorAll('*')].filter(element =>
      element.getAttributeNames().some(name => name.startsWith('on')),
    ).length,
    width: document.documentElement.scrollWidth,
  }))

const clean = (width: number) => ({
  title: 'Overview · localhost · Footfall',
  scripts: 0,
  images: 0,
  handlers: 0,
  width,
})

const panelOf = (dimension: string) =>
  OVERVIEW_BREAKDOWNS.find(({ tabs }) => tabs.some(tab => tab.dimension === dimension))?.id

test.each([1280, 390])('stored strings are shown as text, whatever they contain, %d wide', async width => {
  const page = await open('/', { viewport: { width, height: 900 } })
  page.on('dialog', () => expect.unreachable())
  for (const dimension of DIMENSIONS) {
    await page.goto(`/?period=today&all=${panelOf(dimension)}&by=${dimension}`)
    await loaded(page)
    const { rows } = await ask({ period: 'today', metrics: ['visitors'], dimensions: [dimension] })
    expect(await page.locator('dialog[open] .group').count()).toBe(rows.length)
    expect(await built(page)).toEqual(clean(width))
  }
})

test.each(CAMPAIGNS)('%j filters to itself, by click and by address', async campaign => {
  const page = await open('/?period=today&all=sources&by=campaign')
  const shown = campaign.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd')
  await page
    .locator('dialog[open] .group', { hasText: shown })
    .and(page.getByTitle(shown, { exact: true }))
    .click()
  await page.getByRole('list', { name: 'Filters' }).waitFor()
  await loaded(page)
  expect(new URL(page.url()).searchParams.get('is.campaign')).toBe(campaign)
  expect(await page.locator('#filters bdi').textContent()).toBe(shown)
  const { rows } = await ask({ period: 'today', metrics: ['pageviews'], filters: [['is', 'campaign', [campaign]]] })
  const pageviews = page.locator('[data-metric=pageviews] [data-value]')
  expect(await pageviews.getAttribute('data-value')).toBe(String(rows[0]?.metrics.pageviews?.value))
  expect(rows[0]?.metrics.pageviews?.value).toBeGreaterThan(0)
  await page.reload()
  await loaded(page)
  expect(await built(page)).toEqual(clean(1280))
})

test('hostile strings in an address are shown as text', async () => {
  const words = encodeURIComponent(TAGS)
  const page = await open('/')
  for (const path of [
    `/?period=${words}&granularity=${words}&by=${words}&metric=${words}&${words}=${words}`,
    `/?is.page=${words}&matches.${words}=${words}&contains.source=${words}`,
    `/?site=${words}`,
    `/add?site=${words}`,
    `/tag?${words}`,
  ]) {
    await page.goto(path)
    await loaded(page)
    expect((await built(page)).title).not.toContain('owned')
    expect(await built(page)).toMatchObject({ scripts: 0, images: 0, handlers: 0, width: 1280 })
  }
})

test('the sign-in form shows a hostile address as text', async () => {
  const page = await open('/')
  await page.context().clearCookies()
  await page.goto(`/?${encodeURIComponent(TAGS)}=${encodeURIComponent(TAGS)}`)
  await page.getByLabel('Admin token').waitFor()
  expect(await built(page)).toMatchObject({ scripts: 0, images: 0, handlers: 0 })
})

test('no cell of a downloaded CSV is a formula', async () => {
  const page = await open('/?period=today&all=sources&by=campaign')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download all Sources as CSV' }).click()
  const text = await readFile(await (await download).path(), 'utf8')
  const cells = text.split('\r\n').map(line => line.replace(/^"?/, '').charAt(0))
  for (const first of cells) expect('=+-@\t\r').not.toContain(first === '' ? 'none' : first)
  expect(text).toContain(`"'=HYPERLINK(""http://evil.example"",""Click"")"`)
})

test('a link from another site opens the view, and a form on another site does not', async () => {
  const page = await open('/')
  const elsewhere = server.url.replace('127.0.0.1', 'localhost')
  await page.route(`${elsewhere}/elsewhere`, route =>
    route.fulfill({
      contentType: 'text/html',
      body: `<a href="${server.url}/?period=7d">Look</a>
        <form method="post" action="${server.url}/logout"><button>Out</button></form>`,
    }),
  )
  await page.goto(`${elsewhere}/elsewhere`)
  await page.getByRole('link', { name: 'Look' }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  expect(new URL(page.url()).search).toBe('?period=7d')
  await loaded(page)
  await page.goto(`${elsewhere}/elsewhere`)
  await page.getByRole('button', { name: 'Out' }).click()
  await page.getByText('cross_site').waitFor()
  await signIn(page)
})
