import { expect, test } from 'vitest'
import { readImport, sample, textFile } from '../../../test/readImport'
import { matomoSql } from './matomoSql'

const START = Date.parse('2026-01-31T10:00:00Z')
const SWEDE = {
  visitor_id: '4ea77b54d3d1b6e1',
  browser: 'Chrome',
  os: 'Windows',
  device: 'desktop',
  language: 'sv-se',
  country: 'SE',
  region: 'SE-AB',
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

// The columns: https://developer.matomo.org/guides/database-schema and Columns/ of the plugins of
// https://github.com/matomo-org/matomo.
test('rows of Matomo’s tables become what its API would give, with the same ids of pages', async () => {
  const { events, leftOut } = await readImport(matomoSql, [await sample('matomo/log.sql')])
  const at = (seconds: number) => START + seconds * 1000
  const mug = { item_id: 'MUG', item_name: 'Blue mug', item_category: 'Kitchen', price: 20.25, quantity: 2 }
  expect(events).toEqual([
    {
      ...SWEDE,
      id: 'matomo-1-visit-1-ecommerceOrder--1001-1769853800-1',
      name: 'purchase',
      time: at(200),
      transaction_id: '1001',
      value: 40.5,
      tax: 8.1,
      shipping: 5,
      currency: 'EUR',
      items: [mug],
    },
    {
      ...SWEDE,
      id: 'matomo-1-visit-1-goal-3--1769853800-2',
      name: 'goal',
      time: at(200),
      interactive: false,
      properties: { goal_id: '3', goal_name: 'Bought a mug', revenue: 10 },
    },
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
      id: 'matomo-1-3',
      name: 'Zoom',
      time: at(90),
      url: 'https://shop.example/mug',
      properties: { category: 'Product', label: 'Blue mug', value: 2.5 },
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
      url: 'https://shop.example/?utm_campaign=winter&utm_term=mugs',
    },
    {
      ...PHONE,
      id: 'matomo-1-6',
      name: 'search',
      time: at(3610),
      url: 'https://shop.example/',
      properties: { search_term: 'blue mug' },
    },
    {
      id: 'matomo-1-7',
      name: 'page_view',
      time: at(90_000),
      url: 'https://shop.example/mug',
      visitor_id: '777754d3d1b6e1aa',
      browser: 'Firefox',
      os: 'Ubuntu',
      device: 'desktop',
      language: 'de',
      country: 'DE',
      region: 'DE-BE',
      city: 'Berlin',
    },
  ])
  expect(leftOut).toEqual({
    'abandoned carts: Matomo does not record when items were added': 1,
    'visits of other sites: name the one to import with --website': 1,
  })
})

test('another site is read when it is named', async () => {
  const { events } = await readImport(matomoSql, [await sample('matomo/log.sql')], { website: '2' })
  expect(events.map(({ id }) => id)).toEqual(['matomo-2-8'])
})

test('a dump with binary ids is refused with what to do', async () => {
  const dump = "INSERT INTO `log_visit` (`idvisit`, `idsite`, `idvisitor`) VALUES (1,1,'N\\0T');\n"
  await expect(readImport(matomoSql, [textFile('dump.sql', dump)])).rejects.toThrow('mysqldump --hex-blob')
})

test('conversions of one goal in one second are told apart by their column buster', async () => {
  const visit = 'INSERT INTO `log_visit` (`idvisit`, `idsite`, `idvisitor`) VALUES (1,1,0x4EA77B54D3D1B6E1);\n'
  const conversion =
    "INSERT INTO `log_conversion` (`idvisit`, `idsite`, `server_time`, `idgoal`, `buster`, `revenue`) VALUES (1,1,'2026-01-31 10:00:00',3,71,5),(1,1,'2026-01-31 10:00:00',3,72,7);\n"
  const { events } = await readImport(matomoSql, [textFile('dump.sql', visit + conversion)])
  expect(events.map(({ id, properties }) => [id, properties])).toEqual([
    ['matomo-1-visit-1-goal-3--1769853600-71', { goal_id: '3', revenue: 5 }],
    ['matomo-1-visit-1-goal-3--1769853600-72', { goal_id: '3', revenue: 7 }],
  ])
})

test('actions whose visit was deleted are left out and counted', async () => {
  const visit = 'INSERT INTO `log_visit` (`idvisit`, `idsite`, `idvisitor`) VALUES (1,1,0x4EA77B54D3D1B6E1);\n'
  const action =
    "INSERT INTO `log_link_visit_action` (`idlink_va`, `idsite`, `idvisit`, `server_time`) VALUES (1,1,9,'2026-01-31 10:00:00');\n"
  const { events, leftOut } = await readImport(matomoSql, [textFile('dump.sql', visit + action)])
  expect([events, leftOut]).toEqual([[], { 'actions whose visit is not in the dump': 1 }])
})
