import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { exclusionOf } from './exclusionOf'

const folder = new URL('../../../collect/', import.meta.url)

/** Modules that check page views and events; imported rows are answered and not counted. */
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts') && !name.startsWith('imports'))
  .map(name => readFileSync(new URL(name, folder), 'utf8'))

const found = (pattern: RegExp): string[] =>
  sources.flatMap(source => [...source.matchAll(pattern)].map(([, code = '']) => code))

/** Codes of rejections, reasons of filters, and the codes counted by routes. */
const REASONS = new Set([
  ...found(/new Problem\(\s*\d+,\s*'(\w+)'/g),
  ...found(/(?:reject|rejectAll|omit)\('?\w+'?, '(\w+)'/g),
  ...found(/reason: '(\w+)'/g),
  'rate_limited',
  'too_many_bytes',
  'daily_bytes',
  'duplicate',
  'bad_json',
  'bad_interval',
  'bad_status',
  'missing_transaction_id',
])

test('every counted reason has its own text and advice', () => {
  expect(REASONS.size).toBeGreaterThan(30)
  for (const reason of REASONS) {
    const { title, advice } = exclusionOf(reason)
    expect(title).not.toBe(reason)
    expect(title).toMatch(/^[A-Z]/)
    expect(advice).toMatch(/^[A-Z].*\.$/)
  }
})

test('a missing property is named, and an unknown reason keeps its code', () => {
  expect(exclusionOf('missing_guide_id').title).toBe('Event without guide_id')
  expect(exclusionOf('of_another_version').title).toBe('of_another_version')
  expect(exclusionOf('constructor').title).toBe('constructor')
})

test('a property that was omitted is named as it was sent', () => {
  expect(exclusionOf('property:plan').title).toBe('Invalid property “plan”')
  expect(exclusionOf('property:gr%C3%B6%C3%9Fe%20%25').title).toBe('Invalid property “größe %”')
  expect(exclusionOf('property:(other)').title).toBe('More invalid properties')
})
