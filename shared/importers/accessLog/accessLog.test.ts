import { expect, test } from 'vitest'
import { readImport, sample, textFile } from '../../../test/readImport'
import { formatOf } from '../importSources'
import { startOf } from '../openImport'
import { ToolFigures } from '../toolFigures'
import { accessLog } from './accessLog'
import { combinedLine, logTime } from './combinedLine'

const read = async (path: string, options = {}) => {
  const file = await sample(`accessLog/${path}`)
  return readImport(formatOf(accessLog, [await startOf(file)]), [file], options)
}

// https://httpd.apache.org/docs/current/logs.html#accesslog
test('of a combined log, pages that people read come along, and the rest is counted', async () => {
  const { events, leftOut } = await read('combined.log')
  expect(events.map(({ time, ip, url }) => [new Date(Number(time)).toISOString(), ip, url])).toEqual([
    ['2026-01-31T10:00:00.000Z', '203.0.113.9', 'https://shop.example/'],
    ['2026-01-31T10:02:00.000Z', '203.0.113.9', 'https://shop.example/pricing?utm_source=x'],
    ['2026-01-31T10:03:01.000Z', '203.0.113.9', 'https://shop.example/welcome.php'],
    ['2026-01-31T10:03:01.000Z', '203.0.113.9', 'https://shop.example/welcome.php'],
    ['2026-01-31T11:00:00.000Z', '198.51.100.7', 'https://shop.example/docs/v1.2'],
    ['2026-01-31T11:45:00.000Z', '198.51.100.7', 'https://shop.example/docs/v1.2/señal'],
  ])
  expect(events[0]).toMatchObject({ name: 'page_view', referrer: 'https://www.google.com/' })
  expect(events[4]).not.toHaveProperty('referrer')
  expect(new Set(events.map(({ id }) => id)).size).toBe(6)
  expect(leftOut).toEqual({
    'requests for files, not pages': 2,
    'requests that returned no page (status other than 200 or 304)': 2,
    'requests other than GET': 1,
    'requests of bots': 2,
    'requests without a user agent, which could be bots': 2,
    'lines that cannot be read': 2,
  })
})

test('an id says nothing of the address and the user agent, and stays the same when more lines follow', async () => {
  const { events } = await read('combined.log')
  const text = await new Response((await sample('accessLog/combined.log')).open()).text()
  const [format] = accessLog.formats
  if (!format) throw new Error('there is no format')
  const idsOf = async (log: string) => (await readImport(format, [textFile('x', log)])).events.map(({ id }) => id)
  const ids = events.map(({ id }) => id)
  expect(await idsOf(text.replaceAll('203.0.113.9', '203.0.113.10'))).toEqual(ids)
  expect(await idsOf(text.replaceAll('Windows NT 10.0', 'Windows NT 11.0'))).toEqual(ids)
  expect(await idsOf(text.split('\n').slice(0, 4).join('\n'))).toEqual(ids.slice(0, 2))
})

test('what crawlers of AI services fetched is counted by page and day of the site', async () => {
  const pricing = { page: '/pricing', crawler: 'GPTBot', fetches: 2 }
  const agent = { page: '/pricing', crawler: 'Claude-User', fetches: 1 }
  const home = { day: '2026-02-01', page: '/', crawler: 'CCBot', fetches: 1 }
  const utc = await read('crawlers.log')
  expect(utc).toMatchObject({ events: [], leftOut: { 'requests for files, not pages': 1 } })
  expect(utc.fetches).toEqual([{ day: '2026-01-31', ...pricing }, { day: '2026-01-31', ...agent }, home])
  const stockholm = await read('crawlers.log', { figures: new ToolFigures('Europe/Stockholm') })
  expect(stockholm.fetches).toEqual([{ day: '2026-01-31', ...pricing }, { day: '2026-02-01', ...agent }, home])
})

test('pages of a day beyond a thousand are counted together', async () => {
  const lines = Array.from(
    { length: 1_200 },
    (_, n) => `192.0.2.8 - - [31/Jan/2026:12:00:10 +0000] "GET /${n % 1_100} HTTP/1.1" 200 1 "-" "CCBot/2.0"`,
  )
  const [format] = accessLog.formats
  if (!format) throw new Error('there is no format')
  const { fetches = [] } = await readImport(format, [textFile('x', lines.join('\n'))])
  expect(fetches).toHaveLength(1_001)
  expect(fetches[0]).toMatchObject({ page: '/0', fetches: 2 })
  expect(fetches.at(-1)).toMatchObject({ page: '(other)', crawler: 'CCBot', fetches: 100 })
})

const logOf = (name: string, address: string, hours: readonly number[], perHour: number) =>
  textFile(
    name,
    hours
      .flatMap(hour =>
        Array.from({ length: perHour }, (_, n) => {
          const time = new Date(Date.UTC(2026, 0, 31, hour, 0, n)).toISOString()
          return JSON.stringify({
            remote_addr: address,
            time_iso8601: time,
            request: `GET /${n} HTTP/1.1`,
            status: 200,
            http_user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
          })
        }),
      )
      .join('\n'),
  )

test('the logs of two servers are merged by time, so that identical requests in the same second count separately', async () => {
  const format = accessLog.formats[1]
  if (!format) throw new Error('there is no format')
  // More requests than are remembered, and older logs that were given last.
  const [one, other] = ['203.0.113.9', '198.51.100.7']
  const logs = [
    logOf('a.1', one, [10, 11, 12, 13, 14, 15], 3_500),
    logOf('b.1', other, [10, 11, 12, 13, 14, 15], 3_500),
    logOf('a.2', one, [1], 10),
    logOf('b.2', other, [1], 10),
  ]
  const { events } = await readImport(format, logs)
  expect(events).toHaveLength(2 * (6 * 3_500 + 10))
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
  expect(events.every(({ time }, index) => index === 0 || Number(time) >= Number(events[index - 1]?.time))).toBe(true)
})

// https://caddyserver.com/docs/caddyfile/directives/log
test('Caddy’s JSON is read', async () => {
  const { events, leftOut } = await read('caddy.log')
  expect(events.map(({ time, ip, url, referrer }) => [time, ip, url, referrer])).toEqual([
    [1769853600125, '203.0.113.9', 'https://shop.example/', 'https://www.google.com/'],
    [1769853660000, '203.0.113.9', 'https://www.shop.example/pricing', 'https://shop.example/'],
  ])
  expect(leftOut).toEqual({ 'responses that are not HTML': 1, 'requests for other hosts: name one with --website': 1 })
  expect((await read('caddy.log', { website: 'other.example' })).events.map(({ url }) => url)).toEqual([
    'https://other.example/',
  ])
})

// https://nginx.org/en/docs/varindex.html
test('nginx’s JSON is read by the names of its variables', async () => {
  const { events, leftOut } = await read('nginx.log')
  expect(events.map(({ time, ip, url, referrer }) => [time, ip, url, referrer])).toEqual([
    [Date.parse('2026-01-31T10:00:00Z'), '203.0.113.9', 'https://shop.example/', 'https://www.google.com/'],
    [1769853720001, '2001:db8::1', 'https://shop.example/pricing', undefined],
  ])
  expect(leftOut).toEqual({})
})

test('a host before the address, and escaped quotes, are read', () => {
  const agent = 'Mozilla/5.0 \\"x\\"'
  const line = `www.shop.example:443 203.0.113.9 - - [31/Jan/2026:23:59:59 -0730] "GET /a?b=\\"c\\" HTTP/1.1" 200 1 "-" "${agent}"`
  expect(combinedLine(line)).toEqual({
    address: '203.0.113.9',
    time: Date.parse('2026-02-01T07:29:59Z'),
    method: 'GET',
    host: 'www.shop.example',
    target: '/a?b="c"',
    status: 200,
    referrer: '',
    userAgent: 'Mozilla/5.0 "x"',
    contentType: '',
  })
})

test.each(['31/Jan/2026', '31/Foo/2026:00:00:00 +0000', ''])('%j is no time', text => {
  expect(logTime(text)).toBeNaN()
})
