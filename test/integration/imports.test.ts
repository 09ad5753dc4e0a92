import { env, exports } from 'cloudflare:workers'
import fc from 'fast-check'
import Papa from 'papaparse'
import { beforeAll, describe, expect, test } from 'vitest'
import { IMPORTS, type ImportColumn, type ImportDefinition, importColumns } from '../../shared/imports'
import { LIMITS } from '../../shared/limits'
import { formatDay } from '../../worker/lib/calendar'
import { createSite, deleteSite, migrate, type TestSite } from './setup'

const ORIGIN = 'https://stats.example'
const KINDS = IMPORTS.filter(({ table }) => table === 'imports').map(
  (definition: ImportDefinition) => [definition.kind, definition] as const,
)

beforeAll(migrate)

interface Imported {
  readonly accepted?: number
  readonly replaced?: number
  readonly refused?: readonly { readonly line: number; readonly code: string; readonly message: string }[]
  readonly error?: { readonly code: string; readonly message: string }
}

interface Sending {
  readonly key?: string
  readonly type?: string
  readonly partial?: string
  readonly replace?: string
}

const send = async (
  site: TestSite,
  kind: string,
  body: string,
  { key = site.write, type = 'application/json', partial, replace }: Sending = {},
): Promise<[status: number, answer: Imported]> => {
  const query = new URLSearchParams({
    site: site.domain,
    ...(partial !== undefined && { partial }),
    ...(replace !== undefined && { replace }),
  })
  const response = await exports.default.fetch(`${ORIGIN}/api/v1/imports/${kind}?${query}`, {
    method: 'POST',
    headers: { 'content-type': type, ...(key && { authorization: `Bearer ${key}` }) },
    body,
  })
  return [response.status, await response.json<Imported>()]
}

const sendCsv = (site: TestSite, kind: string, csv: string, more: Sending = {}) =>
  send(site, kind, csv, { type: 'text/csv', ...more })
const sendRows = (site: TestSite, kind: string, rows: readonly unknown[], more: Sending = {}) =>
  send(site, kind, JSON.stringify({ rows }), more)

const template = (kind: string) => exports.default.fetch(`${ORIGIN}/api/v1/imports/${kind}/template.csv`)

/** The stored rows of a site, in key order. */
const stored = async ({ domain }: TestSite) => {
  const { results } = await env.DB.prepare(
    `select kind, day, row_key, texts, currency, numbers
     from imports where site = (select id from sites where domain = ?1) order by kind, day, row_key`,
  )
    .bind(domain)
    .all<Record<string, string | number | null>>()
  return results
}

const costs = async (site: TestSite) =>
  (await stored(site)).map(({ day, row_key, currency, numbers }) => [
    formatDay(Number(day)),
    ...JSON.parse(String(row_key)),
    JSON.parse(String(numbers)).amount,
    currency,
  ])

const HEADER = 'day,channel,source,campaign,amount,currency\r\n'
const twoDays = `${HEADER}2026-01-30,Paid search,Google,winter,10.50,EUR\r\n2026-01-31,Paid search,Google,winter,20,EUR\r\n`

/** The example of a kind as its JSON. */
const exampleOf = (definition: ImportDefinition) =>
  Object.fromEntries(
    importColumns(definition).map(({ name, form }) => {
      const cell = definition.example[name] ?? ''
      return [name, form === 'count' || form === 'amount' ? Number(cell) : cell]
    }),
  )

describe.each(KINDS)('%s', (kind, definition) => {
  test('the template is a file to download and can be imported unchanged', async () => {
    const response = await template(kind)
    expect([
      response.status,
      response.headers.get('content-type'),
      response.headers.get('content-disposition'),
    ]).toEqual([200, 'text/csv; charset=utf-8', `attachment; filename="footfall-${kind}.csv"`])
    const site = await createSite()
    expect(await sendCsv(site, kind, await response.text())).toEqual([200, { accepted: 1, replaced: 0, refused: [] }])
    const [row] = await stored(site)
    const texts = Object.fromEntries(definition.texts.map(({ name }) => [name, definition.example[name]]))
    const numbers = Object.fromEntries(
      definition.numbers.map(({ name, form }) => [
        name,
        Math.round(Number(definition.example[name]) * (form === 'amount' ? 100 : 1)),
      ]),
    )
    expect({ ...row, texts: JSON.parse(String(row?.texts)), numbers: JSON.parse(String(row?.numbers)) }).toEqual({
      kind,
      day: Date.parse(String(definition.example.day)) / 86_400_000,
      row_key: JSON.stringify(Object.values(texts)),
      texts,
      currency: definition.example.currency ?? null,
      numbers,
    })
  })

  test('rows, a bare list and CSV in any of its dialects store the same', async () => {
    const row = exampleOf(definition)
    const csv = await (await template(kind)).text()
    const bodies: [body: string, type: string][] = [
      [JSON.stringify({ rows: [row] }), 'application/json'],
      [JSON.stringify([row]), 'application/json; charset=utf-8'],
      [JSON.stringify([row], null, 2), 'application/x-www-form-urlencoded'],
      [csv, 'text/csv'],
      [csv, 'application/x-www-form-urlencoded'],
      [`\ufeff${csv}`, 'text/csv; charset=utf-8'],
      [csv.replaceAll(',', ';'), 'text/csv'],
      [csv.replaceAll('\r\n', '\n').trim(), 'text/plain'],
      [csv.replace(/[^,\r\n]+/g, '"$&"'), 'application/vnd.ms-excel.csv'],
    ]
    const all = []
    for (const [body, type] of bodies) {
      const site = await createSite()
      expect([type, ...(await send(site, kind, body, { type }))]).toEqual([
        type,
        200,
        { accepted: 1, replaced: 0, refused: [] },
      ])
      all.push(await stored(site))
    }
    expect(all[0]).toHaveLength(1)
    for (const rows of all) expect(rows).toEqual(all[0])
  })

  test('random rows store the same as CSV and JSON, and importing them again changes nothing', async () => {
    let [accepted, refused] = [0, 0]
    await fc.assert(
      fc.asyncProperty(rowsOf(definition), fc.boolean(), async (rows, semicolons) => {
        const [asJson, asCsv] = [await createSite({ currency: 'SEK' }), await createSite({ currency: 'SEK' })]
        const csv = Papa.unparse([...rows], { delimiter: semicolons ? ';' : ',' })
        const [status, answer] = await sendRows(asJson, kind, rows, { partial: 'true' })
        const [csvStatus, csvAnswer] = await sendCsv(asCsv, kind, csv, { partial: 'true' })
        expect([status, csvStatus]).toEqual([200, 200])
        expect([csvAnswer.accepted, csvAnswer.replaced]).toEqual([answer.accepted, 0])
        expect(csvAnswer.refused?.map(({ line, code }) => [line - 1, code])).toEqual(
          answer.refused?.map(({ line, code }) => [line, code]),
        )
        const before = await stored(asJson)
        expect(before).toHaveLength(answer.accepted ?? -1)
        expect(await stored(asCsv)).toEqual(before)
        expect(await sendCsv(asJson, kind, csv, { partial: 'true' })).toEqual([
          200,
          { ...csvAnswer, replaced: csvAnswer.accepted },
        ])
        expect(await stored(asJson)).toEqual(before)
        accepted += before.length
        refused += answer.refused?.length ?? 0
        await deleteSite(asJson)
        await deleteSite(asCsv)
      }),
      { numRuns: 15, seed: env.TEST_SEED },
    )
    expect(Math.min(accepted, refused)).toBeGreaterThan(10)
  })
})

const mostly = <T, U>(good: fc.Arbitrary<T>, odd: fc.Arbitrary<U>): fc.Arbitrary<T | U> =>
  fc.oneof({ arbitrary: good, weight: 12 }, { arbitrary: odd, weight: 1 })

/** Few days, so that keys collide; some rows are rejected. */
const VALUES: Readonly<Record<ImportColumn['form'], fc.Arbitrary<string | number | null>>> = {
  day: mostly(fc.constantFrom('2026-01-30', '2026-01-31'), fc.constant('2026-02-30')),
  text: mostly(
    fc.constantFrom('', 'a', ' a', 'a,b', 'a;b', '"a"', "'=1+1", 'å 漢 🛒', '007', null),
    fc.string({ unit: 'binary', maxLength: 4 }).filter(text => !text.includes('\r')),
  ),
  count: mostly(fc.nat(20), fc.constantFrom(null, 1e12, 0.5, -1)),
  amount: mostly(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.constantFrom(null, 1e-7, 1e11, 1.005)),
  currency: mostly(fc.constantFrom('EUR', 'jpy', 'KWD', '', null), fc.constant('ZZZ')),
}

const rowsOf = (definition: ImportDefinition): fc.Arbitrary<Record<string, string | number | null>[]> =>
  fc.array(fc.record(Object.fromEntries(importColumns(definition).map(({ name, form }) => [name, VALUES[form]]))), {
    minLength: 1,
    maxLength: 25,
  })

describe('importing again', () => {
  test('a corrected file replaces and never doubles', async () => {
    const site = await createSite()
    expect(await sendCsv(site, 'costs', twoDays)).toEqual([200, { accepted: 2, replaced: 0, refused: [] }])
    const corrected = twoDays.replace(',20,EUR', ',25.25,SEK').concat('2026-02-01,,,,1,\r\n')
    expect(await sendCsv(site, 'costs', corrected)).toEqual([200, { accepted: 3, replaced: 2, refused: [] }])
    expect(await costs(site)).toEqual([
      ['2026-01-30', 'Paid search', 'Google', 'winter', 1050, 'EUR'],
      ['2026-01-31', 'Paid search', 'Google', 'winter', 2525, 'SEK'],
      ['2026-02-01', '', '', '', 100, 'USD'],
    ])
  })

  test('unchanged rows are not written', async () => {
    const site = await createSite()
    await sendCsv(site, 'costs', twoDays)
    await env.DB.exec('create table written (day integer)')
    await env.DB.exec('create trigger writes after update on imports begin insert into written values (new.day); end')
    const written = async () => (await env.DB.prepare('select day from written').all<{ day: number }>()).results
    expect(await sendCsv(site, 'costs', twoDays)).toEqual([200, { accepted: 2, replaced: 2, refused: [] }])
    expect(await written()).toEqual([])
    await sendCsv(site, 'costs', twoDays.replace('10.50', '10.51'))
    expect(await written()).toEqual([{ day: 20_483 }])
    await env.DB.exec('drop trigger writes')
    await env.DB.exec('drop table written')
  })

  test('a number missing from the correction is deleted', async () => {
    const site = await createSite()
    const row = { day: '2026-01-31', own_units: 1, market_units: 2 }
    await sendRows(site, 'market', [{ ...row, own_revenue: 1, market_revenue: 2 }])
    await sendRows(site, 'market', [row])
    expect((await stored(site)).map(({ currency, numbers }) => [currency, numbers])).toEqual([
      [null, '{"own_units":1,"market_units":2}'],
    ])
  })

  test('replace=day replaces all rows of their kind and days, and no others', async () => {
    const [site, other] = [await createSite(), await createSite()]
    const fetched = (day: string, page: string, fetches: number) => ({ day, page, crawler: 'GPTBot', fetches })
    const spent = { day: '2026-01-31', channel: 'Email', amount: 5 }
    const before = [fetched('2026-01-30', '/', 1), fetched('2026-01-31', '/', 2), fetched('2026-01-31', '/old', 3)]
    await sendRows(site, 'costs', [spent])
    for (const one of [site, other]) await sendRows(one, 'ai_fetches', before)
    const after = [fetched('2026-01-31', '/', 7), fetched('2026-01-31', '/new', 8), fetched('2026-02-01', '/', 9)]
    for (const replaced of [1, 3])
      expect(await sendRows(site, 'ai_fetches', after, { replace: 'day' })).toEqual([
        200,
        { accepted: 3, replaced, refused: [] },
      ])
    const found = await stored(site)
    expect(found.filter(({ kind }) => kind === 'costs')).toHaveLength(1)
    expect(
      found
        .filter(({ kind }) => kind === 'ai_fetches')
        .map(({ day, texts, numbers }) => ({
          day: formatDay(Number(day)),
          ...JSON.parse(String(texts)),
          ...JSON.parse(String(numbers)),
        })),
    ).toEqual([before[0], ...after])
    expect(await stored(other)).toHaveLength(3)
    for (const one of [site, other]) await deleteSite(one)
  })

  test('replace takes nothing but day', async () => {
    const site = await createSite()
    const [status, { error }] = await sendRows(site, 'costs', [], { replace: 'all' })
    expect([status, error?.code]).toEqual([400, 'bad_replace'])
    await deleteSite(site)
  })

  test('other kinds, days and sites stay unchanged', async () => {
    const [site, other] = [await createSite(), await createSite()]
    await sendRows(other, 'costs', [{ day: '2026-01-31', amount: 7 }])
    await sendRows(site, 'social', [{ day: '2026-01-31', impressions: 5, engagements: 1 }])
    await sendRows(site, 'costs', [{ day: '2026-01-30', amount: 1 }])
    expect(await sendRows(site, 'costs', [{ day: '2026-01-31', amount: 2 }])).toEqual([
      200,
      { accepted: 1, replaced: 0, refused: [] },
    ])
    expect((await stored(site)).map(({ kind, numbers }) => [kind, numbers])).toEqual([
      ['costs', '{"amount":100}'],
      ['costs', '{"amount":200}'],
      ['social', '{"impressions":5,"engagements":1}'],
    ])
    expect((await stored(other)).map(({ numbers }) => numbers)).toEqual(['{"amount":700}'])
  })

  test('a deleted site deletes its imports', async () => {
    const site = await createSite()
    await sendCsv(site, 'costs', twoDays)
    const id = await env.DB.prepare('select id from sites where domain = ?1').bind(site.domain).first<number>('id')
    const count = () => env.DB.prepare('select count(*) as n from imports where site = ?1').bind(id).first<number>('n')
    expect(await count()).toBe(2)
    await deleteSite(site)
    expect(await count()).toBe(0)
  })
})

describe('invalid rows', () => {
  const file = `${HEADER}2026-01-29,,,,1,\r\n31/01/2026,,,,1,\r\n\r\n2026-01-30,,,a,"1,5",\r\n2026-01-30,,,b,-1,\r\n2026-01-29,,,,2,\r\n2026-01-30,,,c\r\n2026-01-31,,,,3,\r\n`
  const refused = [
    { line: 3, code: 'bad_day', message: '"day" must be a day of the calendar like 2026-01-31, not "31/01/2026".' },
    { line: 5, code: 'wrong_type', message: '"amount" must be a number like 1234.5, not "1,5".' },
    { line: 6, code: 'out_of_range', message: '"amount" must be from 0 to 10000000000.' },
    {
      line: 7,
      code: 'duplicate_row',
      message: 'Line 2 has the same day, channel, source, campaign; keep only one.',
    },
    {
      line: 8,
      code: 'wrong_cells',
      message: 'The line has 4 cells and the header 6; put a value with a separator in quotes.',
    },
  ]

  test('are listed by line, and nothing is stored', async () => {
    const site = await createSite()
    await sendRows(site, 'costs', [{ day: '2026-01-31', amount: 9 }])
    for (const partial of [undefined, 'false', '']) {
      const [status, answer] = await sendCsv(site, 'costs', file, partial === undefined ? {} : { partial })
      expect([status, answer.error?.code, answer.refused]).toEqual([422, 'bad_rows', refused])
      expect(answer.error?.message).toMatch(/^Nothing was stored: 5 of 7 rows are invalid\. .*\.$/)
      expect(Object.keys(answer).sort()).toEqual(['error', 'refused'])
    }
    expect((await costs(site)).map(([day, , , , amount]) => [day, amount])).toEqual([['2026-01-31', 900]])
  })

  test('with partial=true do not block the others', async () => {
    const site = await createSite()
    await sendRows(site, 'costs', [{ day: '2026-01-31', amount: 9 }])
    expect(await sendCsv(site, 'costs', file, { partial: 'true' })).toEqual([
      200,
      { accepted: 2, replaced: 1, refused },
    ])
    expect((await costs(site)).map(([day, , , , amount]) => [day, amount])).toEqual([
      ['2026-01-29', 100],
      ['2026-01-31', 300],
    ])
  })

  test('of a list are reported by position, from 1', async () => {
    const site = await createSite()
    const good = { day: '2026-01-31', delivered: 10, opens: 5, clicks: 1 }
    const [status, answer] = await sendRows(site, 'email', [good, { ...good, campaign: 'a', opens: 11 }, 7, good])
    expect([status, answer.refused?.map(({ line, code }) => [line, code])]).toEqual([
      422,
      [
        [2, 'over_delivered'],
        [3, 'bad_shape'],
        [4, 'duplicate_row'],
      ],
    ])
    expect(await stored(site)).toEqual([])
  })
})

test('days are calendar days, whatever the time zone of the site', async () => {
  for (const timezone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
    const site = await createSite({ timezone })
    await sendRows(site, 'costs', [{ day: '2026-01-31', amount: 1 }])
    expect((await stored(site)).map(({ day }) => day)).toEqual([20_484])
  }
})

test('a file without rows is an empty import', async () => {
  const site = await createSite()
  expect(await sendCsv(site, 'costs', HEADER)).toEqual([200, { accepted: 0, replaced: 0, refused: [] }])
  expect(await sendRows(site, 'costs', [])).toEqual([200, { accepted: 0, replaced: 0, refused: [] }])
})

test('the maximum number of rows is one import; one more is rejected', async () => {
  const site = await createSite()
  const rows = Array.from({ length: LIMITS.rowsPerImport }, (_, index) => [
    '2026-01-31',
    '漢'.repeat(40),
    '',
    String(index),
    '1',
    '',
  ])
  const file = HEADER + Papa.unparse(rows)
  expect(await sendCsv(site, 'costs', file)).toEqual([200, { accepted: rows.length, replaced: 0, refused: [] }])
  expect(await sendCsv(site, 'costs', file)).toEqual([
    200,
    { accepted: rows.length, replaced: rows.length, refused: [] },
  ])
  const [status, answer] = await sendCsv(site, 'costs', `${file}\r\n2026-02-01,,,,1,`)
  expect([status, answer.error?.code]).toEqual([413, 'too_many_rows'])
  expect(await stored(site)).toHaveLength(rows.length)
  await deleteSite(site)
})

describe('a call is rejected in one sentence and stores nothing', () => {
  const good = JSON.stringify([{ day: '2026-01-31', amount: 1 }])
  interface Case {
    readonly code: string
    readonly status: number
    readonly body: string
    readonly more?: (site: TestSite, other: TestSite) => Sending
    readonly kind?: string
  }
  const csv = (code: string, body: string): Case => ({ code, status: 400, body, more: () => ({ type: 'text/csv' }) })
  const CASES: readonly Case[] = [
    { code: 'missing_key', status: 401, body: good, more: () => ({ key: '' }) },
    { code: 'wrong_key', status: 401, body: good, more: () => ({ key: 'footfall_write_none' }) },
    { code: 'wrong_scope', status: 403, body: good, more: site => ({ key: site.read }) },
    { code: 'wrong_site', status: 403, body: good, more: (_, other) => ({ key: other.write }) },
    { code: 'unknown_import', status: 404, body: good, kind: 'weather' },
    { code: 'unknown_import', status: 404, body: good, kind: 'constructor' },
    { code: 'bad_json', status: 400, body: '{"rows":[' },
    { code: 'bad_json', status: 400, body: 'day,amount\n2026-01-31,1' },
    { code: 'bad_shape', status: 400, body: '7' },
    { code: 'bad_shape', status: 400, body: '{"costs":[]}' },
    csv('missing_column', ''),
    csv('missing_column', 'day\n2026-01-31'),
    csv('unknown_column', 'day,amount,weather\n2026-01-31,1,sun'),
    csv('unknown_column', 'day,delivered,opens,clicks\n2026-01-31,1,1,1'),
    csv('repeated_column', 'day,amount,amount\n2026-01-31,1,1'),
    csv('bad_csv', 'day,amount\n2026-01-31,"1'),
    csv('bad_csv', good),
    { code: 'body_too_large', status: 413, body: ' '.repeat(LIMITS.importBytes + 1) },
  ]

  test.each(CASES)('$code', async ({ code, status, body, more = () => ({}), kind = 'costs' }) => {
    const [site, other] = [await createSite(), await createSite()]
    const [answered, { error }] = await send(site, kind, body, more(site, other))
    expect([answered, error?.code]).toEqual([status, code])
    expect(error?.message).toMatch(/^[^\n]+\.$/)
    expect([await stored(site), await stored(other)]).toEqual([[], []])
  })

  test('a template of an unknown kind', async () => {
    const response = await template('weather')
    const { error } = await response.json<Imported>()
    expect([response.status, error?.code]).toEqual([404, 'unknown_import'])
    for (const { kind } of IMPORTS) expect(error?.message).toContain(kind)
  })

  test('a text in another encoding', async () => {
    const site = await createSite()
    const response = await exports.default.fetch(`${ORIGIN}/api/v1/imports/costs?site=${site.domain}`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv', authorization: `Bearer ${site.write}` },
      body: Uint8Array.from('day,campaign,amount\n2026-01-31,caf\u00e9,1', character => character.charCodeAt(0)),
    })
    expect([response.status, (await response.json<Imported>()).error?.code]).toEqual([400, 'bad_encoding'])
  })
})
