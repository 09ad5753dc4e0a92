import fc from 'fast-check'
import { EVENTS } from '../../shared/events'
import { IMPORTS, importColumns } from '../../shared/imports'

/** An absurd request. */
export interface Hostile {
  /** The part of the path after the site's name, if any. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
}

/** Strings that once broke something somewhere. */
const TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\u0007\u001b[31m',
  '\ud800',
  '\udfff\ud800',
  '\u202egnp.exe',
  '\ufeff',
  '\u2028\u2029',
  '👩‍👩‍👧‍👦',
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘',
  "'; drop table views; --",
  "' or '1'='1",
  '" or ""="',
  '1; delete from sites',
  "') union select secret from sites --",
  '%27%20or%201=1',
  '?1',
  ':name',
  '$.a[0]',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "javascript:alert('1')",
  '</script><svg/onload=alert(1)>',
  '{{7*7}}',
  '#{7*7}',
  '<%= 7*7 %>',
  '=cmd|"/C calc"!A0',
  '@SUM(1+1)',
  '../../../../etc/passwd',
  '%00',
  '%',
  '%E0%A4%A',
  '%ff',
  'NaN',
  'Infinity',
  'null',
  'undefined',
  'true',
  '1e400',
  '[object Object]',
  '__proto__',
  'constructor',
  'toString',
  'ada@example.com',
  'http://[::1',
  'https://user:pass@x.example/',
  'data:text/html,x',
  '2026-02-30T25:61:61Z',
  '+275760-09-13T00:00:00.001Z',
  'x'.repeat(70),
  'x'.repeat(1_100),
  'é'.repeat(2_100),
  '/'.repeat(4_100),
  '*'.repeat(300),
] as const

/** Numbers as they would stand in a body; those that no number can hold in markers that are removed later. */
const RAW = (token: string) => `\u0001${token}\u0001`
const NUMBERS = [
  0,
  -0,
  0.5,
  1.5,
  -1,
  2 ** 31,
  2 ** 47,
  2 ** 53,
  2 ** 63,
  -(2 ** 63),
  1e21,
  1e308,
  -1e308,
  5e-324,
  0.1 + 0.2,
  RAW('1e400'),
  RAW('-1e400'),
  RAW('9007199254740993'),
  RAW('123456789012345678901234567890'),
  RAW('-0.0'),
] as const

/** Names of built-in properties of JavaScript objects. */
const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'toJSON',
  'then',
  'length',
  '',
  ' ',
  "a'b",
  'a"b',
  '$.x',
  'x'.repeat(65),
] as const

const nested = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth)
const deep = fc.nat({ max: 5_000 }).map(depth => RAW(nested(depth, '[', ']')))

/** Values of a wrong kind. */
const junk: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<unknown>(...TEXTS) },
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...NUMBERS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.double() },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { length: -1 }) },
  { weight: 1, arbitrary: fc.jsonValue() },
  { weight: 1, arbitrary: deep },
)

/** Changes some fields of an object, and adds some that it does not have. */
const changed = (valid: Readonly<Record<string, unknown>>, names: readonly string[]) =>
  fc
    .array(
      fc.tuple(
        fc.oneof(
          { weight: 5, arbitrary: fc.constantFrom(...names) },
          { weight: 1, arbitrary: fc.constantFrom(...NAMES) },
          { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
        ),
        junk,
      ),
      { maxLength: 3, size: 'small' },
    )
    // Half of them are valid, so that errors elsewhere are reached.
    .chain(changes => fc.boolean().map(keep => (keep ? [] : changes)))
    .map(changes => Object.fromEntries([...Object.entries(valid), ...changes]))

const eventNames = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<unknown>(...EVENTS.map(({ name }) => name), 'identify', 'custom') },
  { weight: 1, arbitrary: junk },
)

const ITEM = { item_id: 'A', item_name: 'Mug', price: 20, quantity: 2 }
const PARAMETERS = {
  transaction_id: 'T1',
  currency: 'EUR',
  value: 40,
  tax: 1,
  shipping: 2,
  items: [ITEM],
  feature: 'export',
  guide_id: 'welcome',
  step: 1,
  user_id: 'u1',
  price: 12.5,
  score: 5,
  kind: 'csat',
}
const parameters = fc
  .tuple(
    changed(PARAMETERS, [...Object.keys(PARAMETERS), 'interactive', 'interval', 'status', 'coupon', 'quantity']),
    fc.option(changed(ITEM, [...Object.keys(ITEM), 'discount', 'item_category']), { nil: undefined, freq: 3 }),
  )
  .map(([all, item]) => (item === undefined ? all : { ...all, items: [item] }))

const raw = (value: unknown): string =>
  (JSON.stringify(value) ?? 'null').replaceAll(/"\\u0001([^"\\]*)\\u0001"/g, (_, token: string) => token)

const encoder = new TextEncoder()
const BROKEN = [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82], [0x00]]

/** Damage to a string in transit, accidental or deliberate. */
const bytesOf = (texts: fc.Arbitrary<string>): fc.Arbitrary<Uint8Array<ArrayBuffer>> =>
  fc
    .tuple(texts, fc.nat({ max: 11 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...BROKEN))
    .map(([text, way, where, broken]) => {
      const bytes = encoder.encode(text)
      const at = Math.floor(bytes.length * where)
      if (way === 0) return bytes.slice(0, at)
      if (way === 1) return new Uint8Array([...bytes.slice(0, at), ...broken, ...bytes.slice(at)])
      // A duplicate key: the last one counts.
      if (way === 2) return encoder.encode(text.replace('{', '{"v":1,"e":[],"name":"page_view","day":7,'))
      if (way === 3) return encoder.encode(`${text}${text}`)
      return bytes
    })

const NONSENSE = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map(bytes => new Uint8Array(bytes)),
  fc
    .constantFrom(
      '',
      'null',
      '[]',
      '{}',
      '0',
      '"',
      '1e400',
      '\ufeff{}',
      '{"__proto__":{"v":1}}',
      '{"events":{"length":1}}',
    )
    .map(text => encoder.encode(text)),
  fc
    .tuple(
      fc.nat({ max: 10_000 }),
      fc.constantFrom<[string, string]>(['[', ']'], ['{"a":', '}'], ['[', ''], ['{"e":[', ']}']),
    )
    .map(([depth, [open, close]]) => encoder.encode(nested(depth, open, close))),
)

const headers = fc.record({
  'cf-connecting-ip': fc.ipV4(),
  'user-agent': fc.oneof(
    { weight: 6, arbitrary: fc.constant('Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0') },
    { weight: 1, arbitrary: fc.string({ maxLength: 200 }) },
  ),
  'accept-language': fc.oneof(fc.constantFrom('sv-SE,sv;q=0.9', 'x'.repeat(300), 'en-x-'.repeat(9)), fc.string()),
})

type Requests = fc.Arbitrary<Hostile>

const request = (
  path: fc.Arbitrary<string>,
  more: Readonly<Record<string, string>>,
  body: fc.Arbitrary<Uint8Array<ArrayBuffer>>,
): Requests =>
  fc.tuple(path, headers, body).map(([path, headers, body]) => ({ path, headers: { ...headers, ...more }, body }))

const beacons = (domain: string, now: number): Requests => {
  const url = `https://${domain}/cart?utm_source=a`
  const record = fc
    .tuple(eventNames, parameters, fc.nat({ max: 2 ** 30 }), fc.boolean())
    .chain(([k, o, i, isView]) =>
      changed({ i, t: now, u: url, r: 'https://www.bing.com/', ...(isView ? { m: 100, d: 50, c: 1 } : { k, o }) }, [
        'i',
        't',
        'u',
        'r',
        'm',
        'd',
        'c',
        'k',
        'o',
      ]),
    )
  const whole = fc
    .array(record, { minLength: 1, maxLength: 3 })
    .chain(e => changed({ v: 1, s: domain, n: now, e }, ['p', 'p', 'p', 'v', 's', 'n', 'e', 'extra']))
  const body = fc.oneof({ weight: 9, arbitrary: bytesOf(whole.map(raw)) }, { weight: 1, arbitrary: NONSENSE })
  return request(fc.constant('/v1/e'), { 'content-type': 'text/plain' }, body)
}

const eventCalls = (domain: string, now: number): Requests => {
  const event = fc
    .tuple(eventNames, parameters, fc.nat({ max: 50 }))
    .chain(([name, more, id]) =>
      changed({ ...more, id: `e${id}`, name, visitor_id: 'v', time: now, url: `https://${domain}/a` }, [
        ...['id', 'name', 'visitor_id', 'user_id', 'time', 'url', 'referrer', 'ip', 'user_agent', 'country', 'region'],
        ...[
          'city',
          'language',
          'browser',
          'os',
          'device',
          'engaged_seconds',
          'properties',
          'items',
          'value',
          'transaction_id',
          'interactive',
        ],
      ]),
    )
  const events = fc.array(event, { minLength: 1, maxLength: 4 })
  const json = fc.oneof(bytesOf(events.map(events => raw({ events }))), NONSENSE)
  const lines = bytesOf(events.map(events => events.map(raw).join('\n')))
  const path = fc.constant('/api/v1/events')
  return fc.oneof(
    request(path, { 'content-type': 'application/json' }, json),
    request(path, { 'content-type': 'application/x-ndjson' }, lines),
  )
}

const importCalls = (): Requests =>
  fc.constantFrom(...IMPORTS).chain(definition => {
    const names = importColumns(definition).map(({ name }) => name)
    const { example } = definition
    const valid = Object.fromEntries(
      Object.entries(example).map(([name, text]) => [name, /^\d+(\.\d+)?$/.test(text) ? Number(text) : text]),
    )
    const rows = fc.array(changed(valid, names), { minLength: 1, maxLength: 3 })
    const cell = fc.oneof(
      fc.constantFrom(...Object.values<string>(example)),
      fc.constantFrom<string>(...TEXTS),
      fc.string(),
    )
    const csv = fc
      .tuple(
        fc.subarray(names, { minLength: 1 }),
        fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 3 }),
        fc.boolean(),
      )
      .map(([some, lines, all]) => [all ? names : some, ...lines].map(cells => cells.join(',')).join('\n'))
    const path = fc.constantFrom('', '&partial=true').map(more => `/api/v1/imports/${definition.kind}${more}`)
    return fc.oneof(
      request(path, { 'content-type': 'application/json' }, fc.oneof(bytesOf(rows.map(raw)), NONSENSE)),
      request(path, { 'content-type': 'text/csv' }, fc.oneof(bytesOf(csv), NONSENSE)),
    )
  })

/**
 * Requests to the beacon, the events and the imports of a site, most of them almost right.
 * @param now epoch milliseconds
 */
export const hostile = (domain: string, now: number): Requests =>
  fc.oneof(
    { weight: 4, arbitrary: beacons(domain, now) },
    { weight: 4, arbitrary: eventCalls(domain, now) },
    { weight: 2, arbitrary: importCalls() },
  )
