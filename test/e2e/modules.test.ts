import { expect, test } from 'vitest'
import { allArrived, collector, openTab } from './stage'

/** A page whose policy allows a nonce and no host, with the collector on another origin. */
const open = async (script: 's.js' | 'v.js', modules: string) => {
  const src = collector.url(`/folder/${script}?v=2`, '127.0.0.1')
  const headers = { 'content-security-policy': "script-src 'nonce-n'; connect-src http://127.0.0.1:*" }
  const tag = `<script nonce="n" defer src="${src}" data-site="localhost" data-modules="${modules}" data-debug></script>`
  const layer = `<script nonce="n">dataLayer = [{ event: 'search', search_term: 'early' }]</script>`
  collector.show('/', `${layer}${tag}<body>`, headers)
  const page = await openTab()
  const warnings: string[] = []
  const errors: string[] = []
  page.on('console', message => message.type() === 'warning' && warnings.push(message.text()))
  page.on('pageerror', error => errors.push(error.message))
  await page.goto(collector.url('/'))
  await collector.until('views', 1)
  return { page, warnings, errors }
}

test.each(['s.js', 'v.js'] as const)(
  '%s loads modules from the folder beside it, and a missing one breaks nothing',
  async script => {
    const { page, warnings, errors } = await open(script, 'missing ga4')
    await collector.until('events', 1)
    await page.evaluate(() => (window as unknown as { dataLayer: unknown[] }).dataLayer.push({ event: 'sign_up' }))
    await collector.until('events', 2)
    expect(collector.events).toMatchObject([{ k: 'search', o: { search_term: 'early' } }, { k: 'sign_up' }])
    expect(errors).toEqual([])
    const missing = collector.url('/folder/m/missing.js', '127.0.0.1')
    await expect
      .poll(() => warnings)
      .toEqual(script === 's.js' ? [`footfall TypeError: Failed to fetch dynamically imported module: ${missing}`] : [])
  },
)

test('the module pages records a 404 page, a search and a form without data-footfall', async () => {
  const tag = collector.tag('data-modules="pages" data-search-parameter="q" data-forms')
  const form = (attributes: string) =>
    `<form method="get" target="_blank" action="/send?token=1" ${attributes}><input required value="x"><button>Send</button></form>`
  collector.show('/', `${tag}<body data-not-found>${form('id="plain"')}${form('id="marked" data-footfall="sign_up"')}`)
  const page = await openTab()
  await page.goto(collector.url('/find?q=blue+mug'))
  await collector.until('events', 2)
  await page.click('#plain button')
  await page.click('#marked button')
  await collector.until('events', 4)
  await allArrived(page)
  expect(collector.events.filter(({ u }) => u.includes('/find')).map(({ k, o }) => [k, o])).toEqual([
    ['not_found', { interactive: false }],
    ['search', { search_term: 'blue mug' }],
    ['form_submit', { form_id: 'plain', form_name: null, form_destination: collector.url('/send') }],
    ['sign_up', {}],
  ])
})
