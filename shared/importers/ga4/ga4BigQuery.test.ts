import { expect, test } from 'vitest'
import { readImport, sample, textFile } from '../../../test/readImport'
import { ga4BigQuery } from './ga4BigQuery'
import { withCampaign } from './withCampaign'

const START = Date.parse('2026-01-31T10:00:00Z')
const SWEDE = {
  visitor_id: '1057.1769853600',
  browser: 'Chrome',
  os: 'Windows',
  device: 'desktop',
  language: 'sv-se',
  country: 'SE',
  region: 'Stockholm County',
  city: 'Stockholm',
}
const id = expect.stringMatching(/^ga4-[\da-f]{16}-0$/)

// The columns: https://support.google.com/analytics/answer/7029846
test('events of the export become events, and page views get the time and depth of later ones', async () => {
  const { events, leftOut } = await readImport(ga4BigQuery, [await sample('ga4/events.ndjson')])
  expect(events).toEqual([
    {
      ...SWEDE,
      id,
      name: 'page_view',
      time: START,
      url: 'https://shop.example/',
      referrer: 'https://www.google.com/',
      engaged_seconds: 19.5,
      scroll_depth: 90,
    },
    {
      ...SWEDE,
      id,
      name: 'view_item',
      time: START + 21_000,
      url: 'https://shop.example/mug',
      items: [{ item_id: 'MUG', item_name: 'Mug', item_category: 'Kitchen', price: 20, quantity: 1 }],
      properties: { currency: 'EUR', value: 20 },
    },
    {
      ...SWEDE,
      id,
      name: 'page_view',
      time: START + 21_000,
      url: 'https://shop.example/mug',
      referrer: 'https://shop.example/',
      engaged_seconds: 0,
    },
    {
      ...SWEDE,
      id,
      name: 'purchase',
      time: START + 60_000,
      url: 'https://shop.example/thanks',
      transaction_id: 'T-1',
      tax: '8.1',
      shipping: '5',
      items: [{ item_id: 'MUG', item_name: 'Mug', price: 20.25, quantity: 2 }],
      properties: { currency: 'EUR', value: 40.5, transaction_id: 'T-1' },
    },
    {
      ...SWEDE,
      id,
      name: 'outbound_click',
      time: START + 70_000,
      url: 'https://shop.example/thanks',
      properties: { link_url: 'https://bank.example/', link_domain: 'bank.example', outbound: 'true' },
    },
    {
      id,
      name: 'page_view',
      time: START + 3_600_000,
      visitor_id: '2044.1769857200',
      url: 'https://shop.example/sale?utm_source=newsletter&utm_medium=email&utm_campaign=winter',
      browser: 'Safari',
      os: 'iOS',
      device: 'mobile',
      language: 'en-us',
      country: 'US',
      region: 'California',
      engaged_seconds: 4,
    },
    expect.objectContaining({
      name: 'newsletter_signup',
      visitor_id: '2044.1769857200',
      user_id: 'u_7',
      properties: { form_id: 'footer' },
    }),
  ])
  expect(leftOut).toEqual({
    'session_start events: sessions are derived from page views and events': 2,
    'first_visit events: new visitors are derived from their first session': 1,
    'user_engagement events: their time is the visible time of page views': 2,
    'scroll events: they are the scroll depth of page views': 1,
    'events of apps': 1,
    'events without a visitor id (consent denied)': 1,
  })
})

test('ids do not depend on the order of the rows, and equal rows have different ones', async () => {
  const text = await new Response((await sample('ga4/events.ndjson')).open()).text()
  const lines = text.trim().split('\n')
  const idsOf = async (rows: readonly string[]) =>
    (await readImport(ga4BigQuery, [textFile('x', rows.join('\n'))])).events.map(event => String(event.id)).toSorted()
  expect(await idsOf(lines.toReversed())).toEqual(await idsOf(lines))
  const [view = ''] = lines.filter(line => line.includes('"page_view"'))
  expect((await idsOf([view, view])).map(one => one.slice(-2))).toEqual(['-0', '-1'])
})

test('a campaign that the address names itself, or that Google Analytics found out, is left as it is', () => {
  const row = (manual_medium: string) => ({ collected_traffic_source: { manual_medium, manual_source: 'x' } })
  expect(withCampaign('https://a.example/?utm_source=y', row('email'))).toBe('https://a.example/?utm_source=y')
  expect(withCampaign('https://a.example/', row('organic'))).toBe('https://a.example/')
  expect(withCampaign('https://a.example/', row('cpc'))).toBe('https://a.example/?utm_source=x&utm_medium=cpc')
})
