import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { cartTexts } from '../../../worker/dashboard/texts/cart'
import { clientFrameTexts } from '../../../worker/dashboard/texts/clientFrame'
import { fill } from '../../../worker/dashboard/texts/fill'
import { frameTexts } from '../../../worker/dashboard/texts/frame'
import { overviewTexts } from '../../../worker/dashboard/texts/overview'
import { signInTexts } from '../../../worker/dashboard/texts/signIn'
import { nameOf, overlaid } from '../../../worker/dashboard/texts/texts'
import type { Translation } from '../../../worker/dashboard/texts/translations/translation'
import { TRANSLATIONS } from '../../../worker/dashboard/texts/translations/translations'
import { loaded, open, openTab, server, signIn, visit } from '../../e2e/dashboardStage'

const PERIOD = { from: '2026-03-02', to: '2026-03-29' }

/** What `Intl` of the browser writes in a language: versions of it differ in spaces. */
const writtenBy = (page: Page, language: string) =>
  page.evaluate(
    ([locale, from, to]) => ({
      days: new Intl.DateTimeFormat(locale, {
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        timeZone: 'UTC',
      }).formatRange(Date.parse(from), Date.parse(to)),
      shares: [0, 1].map(share => new Intl.NumberFormat(locale, { style: 'percent' }).format(share)),
    }),
    [language, PERIOD.from, PERIOD.to] as const,
  )

/** The texts of a page in a translation. */
const inTranslation = <Group extends object>(translation: object, group: Group): Group =>
  overlaid(group, (translation as Record<string, never>)[nameOf(group)])

const headingsOf = (page: Page, panels: readonly string[]) =>
  Promise.all(panels.map(id => page.textContent(`#${id} h2`)))

/** The language and the title of a page. */
const shownBy = async (page: Page) => [await page.getAttribute('html', 'lang'), await page.title()]

const ENGLISH = ['en', 'Overview · localhost · Footfall']

test('a browser whose language is missing gets English, with numbers and dates to match', async () => {
  const page = await open(`/?period=${PERIOD.from},${PERIOD.to}`, { locale: 'fi-FI' })
  expect(await shownBy(page)).toEqual(ENGLISH)
  const { days } = await writtenBy(page, 'en')
  expect(await page.textContent('[name=period] option[value=range]')).toBe(days)
})

test('an English page is written as the reader’s region does', async () => {
  const page = await open(`/?period=${PERIOD.from},${PERIOD.to}`, { locale: 'en-GB' })
  const { days } = await writtenBy(page, 'en-GB')
  expect(await page.textContent('[name=period] option[value=range]')).toBe(days)
})

test('pages depend on the language of the browser, and no cache keeps them', async () => {
  for (const path of ['/', '/invite/none', '/share/none']) {
    const { headers } = await fetch(`${server.url}${path}`, { headers: { 'accept-language': 'fi' } })
    expect([path, headers.get('vary'), headers.get('cache-control')]).toEqual([
      path,
      expect.stringContaining('cookie, accept-language'),
      'no-store',
    ])
  }
})

test.for(Object.entries<Translation>(TRANSLATIONS))(
  'a browser in %s shows the dashboard in it',
  async ([language, translation]) => {
    const overview = inTranslation(translation, overviewTexts)
    const { charts } = inTranslation(translation, clientFrameTexts)
    const title = `${overview.title} · localhost · Footfall`
    const locale = { locale: language }
    await visit('http://localhost/')

    const page = await open('/', locale)
    expect(await shownBy(page)).toEqual([language, title])
    expect(await headingsOf(page, ['sources', 'pages', 'moved'])).toEqual([
      overview.panels.sources,
      overview.panels.pages,
      overview.panels.moved,
    ])
    // What the client draws, with the name of a metric that the server sent.
    const metric = translation.metricNames?.visitors ?? ''
    expect(await page.textContent('#chart h2')).toBe(fill(charts.byDay, { metric }))
    expect(await page.textContent('#cards')).toContain(metric)

    await page.goto(`/?period=${PERIOD.from},${PERIOD.to}`)
    await loaded(page)
    const { days } = await writtenBy(page, language)
    expect(await page.textContent('[name=period] option[value=range]')).toBe(days)
    await page.goto('/?period=today')
    await loaded(page)
    const { shares } = await writtenBy(page, language)
    // The visits of earlier languages can be of the same session.
    expect(shares).toContain(await page.textContent('#cards [data-metric=bounce_rate] .value'))
  },
)

test.for(Object.entries<Translation>(TRANSLATIONS))(
  'the menu changes from %s to English and back',
  async ([language, translation]) => {
    const { language: label } = inTranslation(translation, frameTexts)
    const page = await open('/', { locale: language })
    await page.getByRole('combobox', { name: label, exact: true }).selectOption('en')
    await page.waitForSelector('html[lang=en]')
    await page.goto('/shop')
    await loaded(page)
    expect(await shownBy(page)).toEqual(['en', 'Shop · localhost · Footfall'])
    await page.selectOption('#language', language)
    await page.waitForSelector(`html[lang=${language}]`)
    expect(await page.title()).toBe(`${inTranslation(translation, cartTexts).title} · localhost · Footfall`)
    await page.goto('/?lang=en')
    expect(await shownBy(page)).toEqual(ENGLISH)
  },
)

test.for(Object.entries<Translation>(TRANSLATIONS))(
  'shared pages and the sign-in are in %s',
  async ([language, translation]) => {
    const made = await fetch(`${server.url}/api/v1/sites/localhost/shares`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: language, pages: ['overview', 'cart'] }),
    })
    const { url } = (await made.json()) as { url: string }
    const { title } = inTranslation(translation, cartTexts)

    const page = await openTab()
    await page.goto(`${url}?embed=1&lang=${language}`)
    expect(await page.getAttribute('html', 'lang')).toBe(language)
    await page.goto(url)
    await loaded(page)
    expect(await shownBy(page)).toEqual(ENGLISH)
    await page.selectOption('#language', language)
    await page.waitForSelector(`html[lang=${language}]`)
    await page.click(`nav.pages a:text-is("${title}")`)
    await page.waitForURL(/\/cart\?/)
    expect(await shownBy(page)).toEqual([language, `${title} · localhost · Footfall`])
    expect(await page.context().cookies()).toEqual([])

    const stranger = await openTab({ locale: language })
    await stranger.goto('/')
    expect(await stranger.textContent('button[type=submit]')).toBe(inTranslation(translation, signInTexts).submit)
  },
)

test.for(Object.keys(TRANSLATIONS))('the first load in %s transfers at most 90 kB', async language => {
  const page = await openTab({ locale: language })
  await signIn(page)
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  let bytes = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await page.goto('/')
  await loaded(page)
  await page.waitForLoadState('networkidle')
  expect(bytes).toBeLessThanOrEqual(90_000)
  console.log(`The first load in ${language} transferred ${bytes} bytes.`)
})
