import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compareDays } from '../../shared/importers/compareDays'
import { isComparedAtOnce } from '../../shared/importers/compareImport'
import { describeComparison, explainComparison } from '../../shared/importers/describeComparison'
import { footfallFigures } from '../../shared/importers/footfallFigures'
import type { ImportBatch } from '../../shared/importers/importFormat'
import { beginImport } from '../../shared/importers/importRun'
import { importSource } from '../../shared/importers/importSources'
import { ImportTally } from '../../shared/importers/importTally'
import { type ComparedFigures, ToolFigures } from '../../shared/importers/toolFigures'
import type { Answer, Question } from '../../shared/question'
import { IMPORTS_FOLDER } from '../readImport'

const blobsIn = (path: string, fits: (name: string) => boolean) =>
  readdirSync(join(IMPORTS_FOLDER, path))
    .filter(fits)
    .map(name => ({ name, blob: new Blob([new Uint8Array(readFileSync(join(IMPORTS_FOLDER, path, name)))]) }))

interface Sample {
  readonly source: string
  readonly folder: string
  readonly files: RegExp
  readonly timezone?: string
  readonly before?: string
  readonly days: Readonly<
    Record<string, readonly [pageviews: number, visitors: number, sessions?: number, bounces?: number]>
  >
}

/** Counted by hand in the sample files, by each tool's own definitions. */
const SAMPLES: readonly Sample[] = [
  {
    source: 'umami',
    folder: 'umami',
    files: /\.csv$/,
    // The first visitor's third page view is 47 minutes later, in the same visit of Umami; a visit with an event is a bounce.
    days: { '2026-01-31': [4, 2, 2, 1], '2026-02-01': [2, 2, 2, 2] },
  },
  {
    source: 'umami',
    folder: 'umami',
    files: /\.csv$/,
    // 10:00, 10:02 and 10:50 UTC are still January 30, 11:00 is the 31st, and the views of 09:00 are of the 31st.
    timezone: 'Pacific/Midway',
    days: { '2026-01-30': [3, 1, 1, 0], '2026-01-31': [3, 3, 3, 3] },
  },
  { source: 'umami', folder: 'umami', files: /\.csv$/, before: '2026-02-01', days: { '2026-01-31': [4, 2, 2, 1] } },
  {
    source: 'umami',
    folder: 'umami',
    files: /^postgresql\.sql$/,
    days: { '2026-01-31': [4, 2, 2, 1], '2026-02-01': [2, 2, 2, 2] },
  },
  // The page view without a visitor id counts; the event of an app does not. One of two sessions was engaged.
  { source: 'ga4', folder: 'ga4', files: /\.ndjson$/, days: { '2026-01-31': [4, 2, 2, 1] } },
  // 10 and 4 actions are no bounces, one of February 1 has a single action.
  {
    source: 'matomo',
    folder: 'matomo',
    files: /\.json$/,
    days: { '2026-01-31': [3, 2, 2, 0], '2026-02-01': [3, 2, 2, 1] },
  },
  // 4 and 2 actions are no bounces, the visit of February 1 has one.
  {
    source: 'matomo',
    folder: 'matomo',
    files: /\.sql$/,
    days: { '2026-01-31': [3, 2, 2, 0], '2026-02-01': [1, 1, 1, 1] },
  },
  // Bots and requests without a user agent count: 6 pages and 3 more on one day, one request of the year 2000.
  {
    source: 'access-log',
    folder: 'accessLog',
    files: /^combined/,
    days: { '2000-10-10': [1, 1], '2026-01-31': [9, 5] },
  },
  {
    source: 'plausible',
    folder: 'plausible',
    files: /\.csv$/,
    days: { '2026-01-01': [7, 3, 4, 1], '2026-01-02': [3, 2, 2, 1], '2026-01-03': [1, 1, 1, 1] },
  },
  {
    source: 'fathom',
    folder: 'fathom',
    files: /\.csv$/,
    days: { '2026-01-01': [8, 5, 5, 2], '2026-01-02': [1, 1, 1, 1] },
  },
  // Sessions without engagement are Google's bounces.
  { source: 'ga4', folder: 'ga4', files: /\.csv$/, days: { '2026-01-01': [15, 5, 6, 3], '2026-01-02': [10, 4, 4, 1] } },
]

const figures = ([pageviews, visitors, sessions, bounces]: Sample['days'][string]): ComparedFigures => ({
  pageviews,
  visitors,
  ...(sessions !== undefined && { sessions }),
  ...(bounces !== undefined && { bounces }),
})

const WEBSITE = 'b59e9c65-ae32-47f1-8400-119fcf4861c4'

test.each(SAMPLES)('$source $files $timezone $before: its own figures of each day', async sample => {
  const { source, folder, files, timezone = 'UTC', before = '', days } = sample
  const run = await beginImport({
    source: importSource(source),
    blobs: blobsIn(folder, name => files.test(name)),
    domain: 'shop.example',
    website: source === 'umami' ? WEBSITE : '',
    before,
    timezone,
    onBytes: () => {},
  })
  for await (const _ of run.batches);
  const expected = Object.fromEntries(Object.entries(days).map(([day, of]) => [day, figures(of)]))
  expect(Object.fromEntries(run.toolDays())).toEqual(expected)
})

test('where visitors can no longer be told apart, a day has page views only, and those before it stay', () => {
  const own = new ToolFigures('UTC', 4)
  for (const [day, id] of [
    ['2026-01-01', 'a'],
    ['2026-01-02', 'a'],
    ['2026-01-02', 'b'],
  ] as const) {
    own.addView(day)
    own.addVisitor(day, id)
    own.addSession(day, id)
  }
  expect([...own.days]).toEqual([
    ['2026-01-01', { pageviews: 1, visitors: 1, sessions: 1, bounces: 1 }],
    ['2026-01-02', { pageviews: 2 }],
  ])
})

const answering =
  (asked: Question[]) =>
  async (question: Question): Promise<Answer> => {
    asked.push(question)
    const period = question.period as { from: string; to: string }
    const value = (number: number | null) => ({ value: number }) as Answer['rows'][number]['metrics'][string]
    const metrics = { pageviews: value(5), visitors: value(2), sessions: value(2), bounces: value(null) }
    return { query: {}, rows: [{ time: period.from, metrics }], meta: { rows_read: 0, duration_ms: 0, warnings: [] } }
  }

test('Footfall is asked by year, and what it does not know is unknown', async () => {
  const asked: Question[] = []
  const days = await footfallFigures(answering(asked), 'shop.example', ['2025-12-30', '2025-12-31', '2026-01-01'])
  expect(asked.map(({ period }) => period)).toEqual([
    { from: '2025-12-30', to: '2025-12-31' },
    { from: '2026-01-01', to: '2026-01-01' },
  ])
  expect(days.get('2026-01-01')).toEqual({ pageviews: 5, visitors: 2, sessions: 2 })
})

const DIFFERS = { pageviews: 'P.', visitors: 'V.', sessions: 'S.', bounces: 'B.' }
const day = (pageviews: number, sessions: number, bounces: number): ComparedFigures => ({
  pageviews,
  visitors: 1,
  sessions,
  bounces,
})

test('a comparison is a table, and only figures that differ are explained', () => {
  const tool = new Map([
    ['2026-01-31', day(1_200, 4, 1)],
    ['2026-02-01', day(1, 1, 0)],
  ])
  const footfall = new Map([
    ['2026-01-31', day(1_200, 5, 1)],
    ['2026-02-01', day(1, 0, 0)],
  ])
  const comparison = compareDays(tool, footfall)
  if (!comparison) throw new Error('there is no comparison')
  const lines = describeComparison(comparison, 'Umami', DIFFERS)
  expect(lines.slice(0, 6)).toEqual([
    'Umami / Footfall, by day:',
    '  Day            Page views  Visitors  Sessions      Bounce rate',
    '  2026-01-31  1,200 / 1,200     1 / 1     4 / 5  25.0 % / 20.0 %',
    '  2026-02-01          1 / 1     1 / 1     1 / 0        0.0 % / –',
    '  Total       1,201 / 1,201     2 / 2     5 / 5  20.0 % / 20.0 %',
    'Sessions (5 / 5 in total): S.',
  ])
  expect(lines.join()).not.toContain('P.')
  const equal = compareDays(tool, tool)
  expect(equal && explainComparison(equal, DIFFERS)[0]).toBe('All figures that both tools count are equal.')
})

test('many days are months, whose sum is unknown where a day is', () => {
  const days = Array.from({ length: 90 }, (_, n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10))
  const tool = new Map<string, ComparedFigures>(days.map(one => [one, day(2, 1, 1)]))
  tool.set('2026-02-03', { pageviews: 2 })
  const comparison = compareDays(tool, new Map(days.map(one => [one, day(2, 1, 1)])))
  expect(comparison?.rows.map(({ label, tool }) => [label, tool])).toEqual([
    ['2026-01', { pageviews: 62, visitors: 31, sessions: 31, bounces: 31 }],
    ['2026-02', { pageviews: 56 }],
    ['2026-03', { pageviews: 62, visitors: 31, sessions: 31, bounces: 31 }],
  ])
  expect(comparison?.total.tool).toEqual({ pageviews: 180 })
  expect(compareDays(new Map(), new Map())).toBeNull()
})

test('figures of a large import are compared later: the sessions of its events have to be formed first', async () => {
  const isAtOnce = async (rows: number, kind: ImportBatch['kind']) => {
    const tally = new ImportTally()
    const batches = (async function* (): AsyncGenerator<ImportBatch> {
      yield { kind, rows: Array.from({ length: rows }, () => ({ name: 'a', day: '2026-01-31', dimension: '' })) }
    })()
    for await (const _ of tally.counting(batches));
    return isComparedAtOnce({ tally })
  }
  expect(await isAtOnce(50_000, 'events')).toBe(true)
  expect(await isAtOnce(50_001, 'events')).toBe(false)
  expect(await isAtOnce(50_001, 'days')).toBe(true)
})
