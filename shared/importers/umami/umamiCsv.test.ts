import { expect, test } from 'vitest'
import { readImport, sample, textFile } from '../../../test/readImport'
import { cellReader } from '../tablePart'
import { umamiCsv } from './umamiCsv'
import { UmamiEventData } from './umamiEventData'
import { UmamiSessions } from './umamiSessions'

// The tables: https://github.com/umami-software/umami/blob/master/prisma/schema.prisma
const tables = () =>
  Promise.all(
    ['event_data', 'revenue', 'session', 'website', 'website_event'].map(table => sample(`umami/${table}.csv`)),
  )

const EVENT = 'umami-0f0c0000-0000-4000-8000-00000000000'
const SESSION = '5e550000-0000-5000-8000-00000000000'

test('the tables become page views and events with their sessions, properties and revenue', async () => {
  const { events, leftOut } = await readImport(umamiCsv, await tables())
  expect(events.map(({ id, name }) => [id, name])).toEqual([
    [`${EVENT}1`, 'page_view'],
    [`${EVENT}2`, 'page_view'],
    [`${EVENT}3`, 'sign_up'],
    [`${EVENT}4`, 'page_view'],
    [`${EVENT}5`, 'page_view'],
    [`${EVENT}6`, 'page_view'],
    [`${EVENT}7`, 'Plan chosen'],
    [`${EVENT}8`, 'purchase'],
    [`${EVENT}9`, 'page_view'],
  ])
  expect(events[0]).toEqual({
    id: `${EVENT}1`,
    name: 'page_view',
    time: Date.parse('2026-01-31T10:00:00.125Z'),
    visitor_id: `${SESSION}1`,
    url: 'https://shop.example/?utm_source=newsletter&utm_medium=email&utm_campaign=winter',
    browser: 'Chrome',
    os: 'iOS',
    device: 'mobile',
    language: 'sv-SE',
    country: 'SE',
    region: 'SE-AB',
    city: 'Stockholm',
  })
  expect(events[4]).toMatchObject({
    referrer: 'https://news.ycombinator.com/item?id=1',
    browser: 'Firefox',
    os: 'Windows',
    device: 'desktop',
  })
  expect(events[6]).toMatchObject({
    user_id: 'u_42',
    properties: { seats: 20, yearly: true, from: '2026-03-01T00:00:00Z', tag: 'autumn' },
  })
  expect(events[7]).toMatchObject({
    transaction_id: '0f0c0000-0000-4000-8000-000000000008',
    properties: { value: 49.9, currency: 'EUR' },
  })
  expect(leftOut).toEqual({
    'rows of web vitals, which Umami does not store with their page views': 1,
    'rows of other websites: name the one to import with --website': 1,
  })
})

test('a single file with the columns of the session, as ClickHouse has it, is enough', async () => {
  const file = textFile(
    'website_event.csv',
    'website_id;session_id;event_id;hostname;browser;os;device;language;country;region;city;url_path;url_query;referrer_domain;event_type;event_name;created_at\n' +
      'w;s;e;docs.shop.example;edge-chromium;Windows 10;laptop;en;\\N;;;/a;;\\N;1;;2026-01-31 10:00:00\n',
  )
  expect(await readImport(umamiCsv, [file])).toEqual({
    events: [
      {
        id: 'umami-e',
        name: 'page_view',
        time: Date.parse('2026-01-31T10:00:00Z'),
        visitor_id: 's',
        url: 'https://docs.shop.example/a',
        browser: 'Microsoft Edge',
        os: 'Windows',
        device: 'desktop',
        language: 'en',
      },
    ],
    leftOut: {},
  })
})

test('the tables of v1 are read too', async () => {
  const files = [
    textFile(
      'pageview.csv',
      'view_id,website_id,session_id,created_at,url,referrer\n1,1,7,2022-01-31 10:00:00+00,/?a=b,https://t.co/x\n',
    ),
    textFile(
      'event.csv',
      'event_id,website_id,session_id,created_at,url,event_type,event_value\n1,1,7,2022-01-31 10:01:00+01,/b,click,buy\n',
    ),
    textFile(
      'session.csv',
      'session_id,session_uuid,website_id,hostname,browser,os,screen,language,country,device\n7,u,1,www.shop.example,firefox,Linux,1x1,de,DE,desktop\n',
    ),
  ]
  const { events } = await readImport(umamiCsv, files)
  const session = { visitor_id: '7', browser: 'Firefox', os: 'Linux', device: 'desktop', language: 'de', country: 'DE' }
  expect(events).toEqual([
    {
      ...session,
      id: 'umami-v1',
      name: 'page_view',
      time: Date.parse('2022-01-31T10:00:00Z'),
      url: 'https://www.shop.example/?a=b',
      referrer: 'https://t.co/x',
    },
    {
      ...session,
      id: 'umami-e1',
      name: 'click',
      time: Date.parse('2022-01-31T09:01:00Z'),
      url: 'https://www.shop.example/b',
      properties: { value: 'buy' },
    },
  ])
})

test('another website of the file is read when it is named, and must be named when none is the site’s', async () => {
  const other = await readImport(umamiCsv, await tables(), { website: 'c0ffee00-ae32-47f1-8400-119fcf4861c4' })
  expect(other.events.map(({ url }) => url)).toEqual(['https://other.example/'])
  await expect(readImport(umamiCsv, await tables(), { domain: 'third.example' })).rejects.toThrow(
    'The file has several websites: name one with --website. They are: b59e9c65-ae32-47f1-8400-119fcf4861c4 (shop.example)',
  )
})

test('properties that are too many for the memory are read in parts, each once', () => {
  const rows = Array.from({ length: 100 }, (_, n) => [`e${n}`, 'a', `v${n}`, '1'])
  const part = { table: 'event_data', columns: ['website_event_id', 'data_key', 'string_value', 'data_type'], rows }
  const data = new UmamiEventData(300)
  const found: string[] = []
  for (let at = 0; at < data.parts; at++) {
    do {
      data.begin(at)
      data.addRows(part)
    } while (!data.isWhole)
    for (const [event = ''] of rows) if (data.isDue(event)) found.push(String(data.propertiesOf(event).a))
  }
  expect(data.parts).toBeGreaterThan(2)
  expect(found.toSorted()).toEqual(rows.map(([, , value]) => value).toSorted())
})

test('the one column of v1’s event_data is read as JSON', async () => {
  const { events } = await readImport(umamiCsv, [
    textFile('pageview.csv', 'view_id,website_id,session_id,created_at,url,referrer\n'),
    textFile(
      'event.csv',
      'event_id,website_id,session_id,created_at,url,event_name\n1,1,7,2022-01-31 10:01:00,/b,buy\n2,1,7,2022-01-31 10:02:00,/b,buy\n',
    ),
    textFile(
      'event_data.csv',
      'event_data_id,event_id,event_data\n1,1,"{""plan"": ""pro"", ""seats"": 2, """": 1, ""tags"": [""a""]}"\n2,2,{\n',
    ),
  ])
  expect(events.map(({ properties }) => properties)).toEqual([{ plan: 'pro', seats: 2, tags: '["a"]' }, {}])
})

test('users of sessions are read, and more of them than fit into memory are refused before anything is sent', () => {
  const columns = ['session_id', 'browser', 'os', 'device', 'distinct_id']
  const sessions = new UmamiSessions(1_000_000)
  const rowsOf = (from: number) =>
    Array.from({ length: 10_000 }, (_, n) => [`s${from + n}`, 'chrome', 'Linux', 'desktop', `user-${from + n}`])
  sessions.addRows({ table: 'session', columns, rows: rowsOf(0) })
  expect(sessions.sessionOf(['s77'], cellReader(['session_id']))).toMatchObject({
    browser: 'Chrome',
    user_id: 'user-77',
  })
  expect(() => {
    for (let from = 10_000; from < 100_000; from += 10_000)
      sessions.addRows({ table: 'session', columns, rows: rowsOf(from) })
  }).toThrow('too many users')
})
