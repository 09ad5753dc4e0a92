import { expect, test } from 'vitest'
import { readImport, sample, textFile } from '../../../test/readImport'
import { matomoLive } from './matomoLive'

const START = Date.parse('2026-01-31T10:00:00Z')
const SWEDE = {
  visitor_id: '4ea77b54d3d1b6e1',
  browser: 'Chrome',
  os: 'Windows',
  device: 'desktop',
  language: 'sv-se',
  country: 'SE',
  region: 'Stockholms län',
  city: 'Stockholm',
}
const PHONE = {
  visitor_id: '9b1c54d3d1b6e1aa',
  user_id: 'u_7',
  browser: 'Safari',
  os: 'iOS',
  device: 'mobile',
  language: 'sv-se',
}
const MUG = { item_id: 'MUG', item_category: 'Kitchen' }

// The fields, in plugins/*/VisitorDetails.php of https://github.com/matomo-org/matomo, and answers of it in
// plugins/Ecommerce/tests/System/expected/.
test('visits become page views, events, orders and goals', async () => {
  const { events, leftOut } = await readImport(matomoLive, [await sample('matomo/visits.json')])
  const at = (seconds: number) => START + seconds * 1000
  expect(events).toEqual([
    {
      ...SWEDE,
      id: 'matomo-1-1',
      name: 'page_view',
      time: START,
      url: 'https://shop.example/',
      referrer: 'https://www.google.com/',
    },
    { ...SWEDE, id: 'matomo-1-2', name: 'page_view', time: at(60), url: 'https://shop.example/mug' },
    {
      ...SWEDE,
      id: 'matomo-1-2-view_item',
      name: 'view_item',
      time: at(60),
      url: 'https://shop.example/mug',
      interactive: false,
      items: [{ ...MUG, item_name: 'Mug {blue}', price: 20 }],
    },
    {
      ...SWEDE,
      id: 'matomo-1-3',
      name: 'Zoom',
      time: at(90),
      url: 'https://shop.example/mug',
      properties: { category: 'Gallery', label: 'front', value: 2 },
    },
    {
      ...SWEDE,
      id: 'matomo-1-visit-1-ecommerceOrder--T-1-1769853800-0',
      name: 'purchase',
      time: at(200),
      url: 'https://shop.example/mug',
      transaction_id: 'T-1',
      value: 40.5,
      tax: 8.1,
      shipping: 5,
      currency: 'EUR',
      items: [{ ...MUG, item_name: 'Mug', price: 20.25, quantity: 2 }],
    },
    {
      ...SWEDE,
      id: 'matomo-1-visit-1-goal-3--1769853800-0',
      name: 'goal',
      time: at(200),
      url: 'https://shop.example/mug',
      interactive: false,
      properties: { goal_id: '3', goal_name: 'Newsletter', revenue: 0 },
    },
    {
      ...SWEDE,
      id: 'matomo-1-4',
      name: 'outbound_click',
      time: at(230),
      url: 'https://shop.example/mug',
      properties: { link_url: 'https://bank.example/' },
    },
    {
      ...PHONE,
      id: 'matomo-1-5',
      name: 'page_view',
      time: at(3600),
      url: 'https://shop.example/sale?utm_campaign=winter&utm_term=mugs',
    },
    {
      ...PHONE,
      id: 'matomo-1-6',
      name: 'search',
      time: at(3610),
      url: 'https://shop.example/sale',
      properties: { search_term: 'mug' },
    },
    expect.objectContaining({ id: 'matomo-1-8', os: 'Linux', country: 'DE' }),
    // Of a site two hours ahead of UTC, as `timestamp` has it.
    expect.objectContaining({ id: 'matomo-1-10', time: Date.parse('2026-02-01T13:00:00Z') }),
    expect.objectContaining({ id: 'matomo-1-11', time: Date.parse('2026-02-01T13:01:00Z') }),
  ])
  expect(leftOut).toEqual({
    'abandoned carts: Matomo does not record when items were added': 1,
    'actions of the type content': 1,
    'actions that Matomo cut off': 2,
    'visits of other sites: name the one to import with --website': 1,
  })
})

test('visits one a line are the same, and another site is read when it is named', async () => {
  const file = await sample('matomo/visits.json')
  const visits: unknown[] = JSON.parse(await new Response(file.open()).text())
  const lines = textFile('visits.ndjson', visits.map(visit => JSON.stringify(visit)).join('\n'))
  expect(await readImport(matomoLive, [lines])).toEqual(await readImport(matomoLive, [file]))
  const other = await readImport(matomoLive, [file], { website: '2' })
  expect(other.events.map(({ id }) => id)).toEqual(['matomo-2-9'])
})

test('an action that is too long for a name is a property in full', async () => {
  const eventAction = 'a'.repeat(70)
  const visit = { idSite: 1, idVisit: 1, actionDetails: [{ type: 'event', eventAction, timestamp: 1, pageId: 1 }] }
  const { events } = await readImport(matomoLive, [textFile('x', JSON.stringify(visit))])
  expect(events).toMatchObject([{ name: 'a'.repeat(64), visitor_id: 'visit-1', properties: { action: eventAction } }])
})
