import { describe, expect, test } from 'vitest'
import {
  IMPORTS,
  type ImportDefinition,
  type ImportKind,
  importColumns,
  importDefinition,
} from '../../../shared/imports'
import { LIMITS } from '../../../shared/limits'
import { parseDay } from '../../lib/calendar'
import { Problem } from '../../lib/problem'
import { DIMENSIONS } from '../../metrics/dimensions'
import { csvLines } from './importCsv'
import { readLines } from './importLines'
import { importRow } from './importRow'
import { importTemplate } from './importTemplate'

const day = parseDay('2026-01-31') ?? 0

const reading = (kind: ImportKind) => ({
  definition: importDefinition(kind) as ImportDefinition,
  currency: 'EUR',
  today: parseDay('2026-11-22') ?? 0,
})

const read = (kind: ImportKind, fields: unknown) => importRow(fields, reading(kind))

const code = (kind: ImportKind, fields: unknown): string => {
  try {
    read(kind, fields)
  } catch (error) {
    if (error instanceof Problem) {
      expect(error.message).toMatch(/\.$/)
      return error.code
    }
    throw error
  }
  return 'read'
}

const cost = { day: '2026-01-31', amount: 1 }
const mail = { day: '2026-01-31', delivered: 10, opens: 5, clicks: 2 }
const market = { day: '2026-01-31', own_units: 1, market_units: 2 }

describe.each(IMPORTS.map((definition: ImportDefinition) => [definition.kind, definition] as const))(
  '%s',
  (_, definition) => {
    const columns = importColumns(definition).map(({ name }) => name)

    test('describes every field', () => {
      for (const { help } of [definition, ...importColumns(definition)]) expect(help).toMatch(/^[A-Z].*\.$/)
    })

    test('names every column once', () => {
      expect(new Set(columns).size).toBe(columns.length)
      expect(columns[0]).toBe('day')
    })

    test('rules and the example match its columns and dimensions', () => {
      const numbers = definition.numbers.map(({ name }) => name)
      for (const name of [...definition.atMost, ...definition.pairs].flat()) expect(numbers).toContain(name)
      expect(Object.keys(definition.example).sort()).toEqual([...columns].sort())
      const dimensions = definition.texts.flatMap(({ dimension }) => dimension ?? [])
      for (const dimension of dimensions) expect(DIMENSIONS.map(({ id }) => id)).toContain(dimension)
    })

    test('its template is one row that can be stored', () => {
      const at = reading(definition.kind as ImportKind)
      const { rows, refused } = readLines(csvLines(importTemplate(definition), definition), at)
      expect([rows.length, refused]).toEqual([1, []])
    })
  },
)

test('a channel that is not given follows from the medium', () => {
  const channelOf = (fields: object) => read('costs', { ...cost, ...fields }).texts.channel
  expect(channelOf({ source: 'google', medium: 'cpc' })).toBe('Paid search')
  expect(channelOf({ source: 'google', medium: 'cpc', channel: 'Affiliates' })).toBe('Affiliates')
  expect([channelOf({ medium: '' }), channelOf({ medium: null }), channelOf({})]).toEqual(['', '', ''])
})

test("money takes the row's currency, else the site's, and is stored in minor units", () => {
  const base = { day, texts: { channel: '', source: '', campaign: '' } }
  expect(read('costs', { ...cost, amount: 1.005 })).toEqual({ ...base, currency: 'EUR', numbers: { amount: 101 } })
  const others = [
    ['jpy', 'JPY', 1],
    ['KWD', 'KWD', 1005],
    ['', 'EUR', 101],
    [null, 'EUR', 101],
  ] as const
  for (const [given, currency, amount] of others) {
    expect(read('costs', { ...cost, amount: 1.005, currency: given })).toEqual({
      ...base,
      currency,
      numbers: { amount },
    })
  }
})

test('a row without money has no currency', () => {
  expect(read('market', { ...market, currency: 'SEK' }).currency).toBe(null)
  expect(read('email', mail).currency).toBe(null)
})

test('a missing value is unknown, and has no key', () => {
  expect(read('market', { ...market, own_revenue: null, market: null })).toEqual({
    day,
    texts: { market: '' },
    currency: null,
    numbers: { own_units: 1, market_units: 2 },
  })
})

test('dimension values are trimmed, and ids are strings', () => {
  expect(read('costs', { ...cost, channel: ' Email ', campaign: 20 }).texts).toEqual({
    channel: 'Email',
    source: '',
    campaign: '20',
  })
})

test('key columns follow the order of the definition, in any order of the fields', () => {
  const { texts } = read('costs', { amount: 1, campaign: 'c', source: 's', channel: 'h', day: '2026-01-31' })
  expect(Object.values(texts)).toEqual(['h', 's', 'c'])
})

test.each([
  ['bad_shape', 'costs', 7],
  ['bad_shape', 'costs', null],
  ['bad_shape', 'costs', [cost]],
  ['unknown_column', 'costs', { ...cost, clicks: 1 }],
  ['unknown_column', 'email', { ...mail, currency: 'EUR' }],
  ['unknown_column', 'costs', JSON.parse('{"day":"2026-01-31","amount":1,"__proto__":1}')],
  ['bad_day', 'costs', { amount: 1 }],
  ['bad_day', 'costs', { ...cost, day: '' }],
  ['bad_day', 'costs', { ...cost, day: '2026-02-30' }],
  ['bad_day', 'costs', { ...cost, day: '31/01/2026' }],
  ['bad_day', 'costs', { ...cost, day: '2026-01-31T00:00:00Z' }],
  ['bad_day', 'costs', { ...cost, day: '1926-11-21' }],
  ['bad_day', 'costs', { ...cost, day: '2126-11-24' }],
  ['read', 'costs', { ...cost, day: '1926-11-22' }],
  ['read', 'costs', { ...cost, day: '2126-11-23' }],
  ['wrong_type', 'costs', { ...cost, day: 20484 }],
  ['wrong_type', 'costs', { ...cost, amount: '1' }],
  ['wrong_type', 'costs', { ...cost, amount: true }],
  ['wrong_type', 'costs', { ...cost, campaign: 1.5 }],
  ['wrong_type', 'costs', { ...cost, currency: 978 }],
  ['missing_amount', 'costs', { day: '2026-01-31' }],
  ['missing_amount', 'costs', { ...cost, amount: null }],
  ['missing_clicks', 'email', { ...mail, clicks: undefined }],
  ['missing_engagements', 'social', { day: '2026-01-31', impressions: 1 }],
  ['out_of_range', 'costs', { ...cost, amount: -0.01 }],
  ['out_of_range', 'costs', { ...cost, amount: LIMITS.amount + 1 }],
  ['out_of_range', 'costs', { ...cost, amount: Infinity }],
  ['out_of_range', 'email', { ...mail, delivered: 1e13 }],
  ['not_whole', 'email', { ...mail, opens: 1.5 }],
  ['unknown_currency', 'costs', { ...cost, currency: 'EURO' }],
  ['too_long', 'costs', { ...cost, campaign: 'x'.repeat(LIMITS.itemField + 1) }],
  ['read', 'costs', { ...cost, campaign: 'x'.repeat(LIMITS.itemField) }],
  ['control_characters', 'costs', { ...cost, campaign: 'a\u0000b' }],
  ['control_characters', 'costs', { ...cost, campaign: 'a\n' }],
  ['over_delivered', 'email', { ...mail, opens: 11 }],
  ['over_delivered', 'email', { ...mail, clicks: 11 }],
  ['read', 'email', { ...mail, opens: 10, clicks: 10 }],
  ['over_market_units', 'market', { ...market, own_units: 3 }],
  ['over_market_revenue', 'market', { ...market, own_revenue: 2, market_revenue: 1 }],
  ['half_pair', 'market', { ...market, own_revenue: 2 }],
  ['half_pair', 'market', { day: '2026-01-31', market_units: 2 }],
  ['missing_pair', 'market', { day: '2026-01-31', market: 'a' }],
  ['read', 'market', { day: '2026-01-31', own_revenue: 1, market_revenue: 1 }],
] as const)('%s: a row of %s like %j', (expected, kind, fields) => {
  expect(code(kind, fields)).toBe(expected)
})

test('the first of two rows with one key wins, even if their currencies differ', () => {
  const rows = [cost, { ...cost, currency: 'SEK' }, { ...cost, campaign: 'a' }, { ...cost, campaign: ' a ' }]
  const lines = rows.map((fields, index) => ({ line: index + 2, fields }))
  const { rows: taken, refused } = readLines(lines, reading('costs'))
  expect(taken.map(({ texts, currency }) => [texts.campaign, currency])).toEqual([
    ['', 'EUR'],
    ['a', 'EUR'],
  ])
  expect(refused).toEqual([
    {
      line: 3,
      code: 'duplicate_row',
      message: 'Line 2 has the same day, channel, source, campaign; keep only one.',
    },
    {
      line: 5,
      code: 'duplicate_row',
      message: 'Line 4 has the same day, channel, source, campaign; keep only one.',
    },
  ])
})

test('a rejected row does not count as the first', () => {
  const lines = [
    { line: 2, fields: { ...cost, amount: -1 } },
    { line: 3, fields: cost },
  ]
  const { rows, refused } = readLines(lines, reading('costs'))
  expect([rows.length, refused.map(({ line }) => line)]).toEqual([1, [2]])
})

test('a channel and a known source are written as in sessions', () => {
  const texts = (fields: object) => read('costs', { ...cost, ...fields })?.texts
  expect(texts({ channel: 'paid SEARCH', source: 'google', campaign: 'Winter' })).toEqual({
    channel: 'Paid search',
    source: 'Google',
    campaign: 'Winter',
  })
  expect(texts({ channel: 'Billboards', source: 'Daily News' })).toMatchObject({
    channel: 'Billboards',
    source: 'Daily News',
  })
})
