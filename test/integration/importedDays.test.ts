import { env, exports } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { DayNumber } from '../../shared/imports'
import { LIMITS } from '../../shared/limits'
import type { Answer, Question } from '../../shared/question'
import { formatDay, parseDay } from '../../worker/lib/calendar'
import { METRICS } from '../../worker/metrics/definitions'
import { backup, idOf, restore } from './backups'
import { clockByHand } from './clockByHand'
import { QUERIES } from './d1Limits'
import { request } from './invocation'
import { runsOnStore } from './runs'
import { createSite, deleteSite, migrate, post, query, settle, type TestSite } from './setup'
import { storeOf } from './store'

clockByHand(Date.UTC(2026, 2, 10, 12))
beforeAll(migrate)

type DayRow = { readonly day: string; readonly dimension?: string; readonly value?: string } & {
  readonly [Name in DayNumber]?: number
}

const importDays = async ({ domain, write }: TestSite, rows: readonly DayRow[], source = 'plausible') => {
  const response = await exports.default.fetch(
    `https://stats.example/api/v1/imports/days?site=${domain}&source=${source}`,
    { method: 'POST', headers: { authorization: `Bearer ${write}` }, body: JSON.stringify({ rows }) },
  )
  return { status: response.status, ...(await response.json<Record<string, unknown>>()) }
}

const viewOf = (site: TestSite, day: string, visitor = 'v', path = '/', time = '10:00:00') => ({
  name: 'page_view',
  visitor_id: `${visitor}${day}`,
  time: `${day}T${time}Z`,
  url: `https://${site.domain}${path}`,
  country: 'SE',
})

const first = ({ rows }: Answer) => rows[0]?.metrics ?? {}

/** A total of every number. */
const TOTAL = {
  visitors: 8,
  sessions: 10,
  pageviews: 30,
  bounces: 4,
  engaged_sessions: 7,
  duration: 600,
  events: 5,
} as const
const [FROM, TO] = ['2026-01-01', '2026-01-31']
const JANUARY = { period: { from: FROM, to: TO } } as const

describe('imported days', () => {
  test('answer the metrics that they hold, and are marked', async () => {
    const site = await createSite()
    const days = [
      { day: '2026-01-01', ...TOTAL },
      { day: '2026-01-02', ...TOTAL, sessions: 30 },
    ]
    expect(await importDays(site, days)).toEqual({ status: 200, accepted: 2, replaced: 0, refused: [] })
    const metrics = [
      'visitors',
      'sessions',
      'pageviews',
      'bounces',
      'events',
      'entries',
      'exits',
      'bounce_rate',
      'engagement_rate',
      'session_duration',
      'pages_per_session',
      'content_pages_per_visitor',
    ]
    const answer = await query(site, { metrics, ...JANUARY })
    expect(Object.fromEntries(metrics.map(id => [id, first(answer)[id]?.value]))).toEqual({
      visitors: 16,
      sessions: 40,
      pageviews: 60,
      bounces: 8,
      events: 10,
      entries: 40,
      exits: 40,
      bounce_rate: 0.2,
      engagement_rate: 0.35,
      session_duration: 30,
      pages_per_session: 1.5,
      content_pages_per_visitor: 3.75,
    })
    expect([first(answer).session_duration?.interval, first(answer).pages_per_session?.interval]).toEqual([null, null])
    expect(first(answer).bounce_rate?.interval).not.toBeNull()
    expect(answer.meta).toMatchObject({
      imported: { from: '2026-01-01', to: '2026-01-02', source: 'plausible' },
      warnings: [],
    })
    const engaged = await query(site, {
      metrics: ['bounce_rate'],
      parameters: { bounce_rate: { rule: 'engaged' } },
      ...JANUARY,
    })
    expect(first(engaged).bounce_rate).toMatchObject({ value: 0.65, numerator: 26, denominator: 40 })
    await deleteSite(site)
  })

  test('are never counted together with what the site recorded that day, in either order', async () => {
    const days = [
      { day: '2026-01-01', ...TOTAL },
      { day: '2026-01-02', ...TOTAL },
    ]
    for (const isImportedFirst of [true, false]) {
      const site = await createSite()
      if (isImportedFirst) await importDays(site, days)
      await post(site, [viewOf(site, '2026-01-02')])
      if (!isImportedFirst) await importDays(site, days)
      for (const isSettled of [false, true]) {
        if (isSettled) await settle()
        const answer = await query(site, { metrics: ['pageviews', 'visitors'], granularity: 'day', ...JANUARY })
        const values = answer.rows.slice(0, 3).map(({ metrics }) => [metrics.pageviews?.value, metrics.visitors?.value])
        expect(values).toEqual([
          [30, 8],
          [1, 1],
          [0, 0],
        ])
        expect(answer.meta.imported).toMatchObject({ from: '2026-01-01', to: '2026-01-01' })
      }
      await deleteSite(site)
    }
  })

  test('are not replaced by events without activity, such as refunds', async () => {
    const site = await createSite()
    await importDays(site, [{ day: '2026-01-02', ...TOTAL }])
    await post(site, [{ ...viewOf(site, '2026-01-02'), name: 'seen', interactive: false }])
    expect(first(await query(site, { metrics: ['pageviews'], ...JANUARY })).pageviews?.value).toBe(30)
    await deleteSite(site)
  })

  test('begin the period all', async () => {
    const site = await createSite()
    await importDays(site, [{ day: '2025-03-04', ...TOTAL }])
    const answer = await query(site, { metrics: ['sessions'], period: 'all' })
    expect([answer.query.period, first(answer).sessions?.value]).toEqual([{ from: '2025-03-04', to: '2026-03-10' }, 10])
    await deleteSite(site)
  })

  test('are compared with', async () => {
    const site = await createSite()
    await importDays(site, [
      { day: '2025-12-01', ...TOTAL, sessions: 40 },
      { day: '2025-12-05', ...TOTAL, sessions: 60 },
    ])
    await post(site, [viewOf(site, '2026-01-02')])
    const answer = await query(site, { metrics: ['sessions', 'orders'], compare: 'previous_period', ...JANUARY })
    expect(first(answer).sessions).toMatchObject({ value: 1, previous: 100, change: { verdict: 'down' } })
    expect(first(answer).orders).toMatchObject({ value: 0, previous: null })
    expect(answer.meta.warnings).toEqual(['orders: Imported days have no data for this metric and were excluded.'])
    expect(answer.meta.imported).toMatchObject({ from: '2025-12-01', to: '2025-12-05' })
    await deleteSite(site)
  })
})

describe('what a site knows beside imported days', () => {
  const importRows = async ({ domain, write }: TestSite, kind: string, rows: readonly object[]) => {
    const init = { method: 'POST', headers: { authorization: `Bearer ${write}` }, body: JSON.stringify({ rows }) }
    const response = await exports.default.fetch(`https://stats.example/api/v1/imports/${kind}?site=${domain}`, init)
    expect(response.status).toBe(200)
  }

  test('is answered: other imports and events without activity', async () => {
    const site = await createSite()
    const day = '2026-01-02'
    await importDays(site, [{ day, ...TOTAL }])
    await importRows(site, 'social', [{ day, impressions: 100, engagements: 1 }])
    const order = { transaction_id: 'a', value: 20, currency: 'EUR' }
    await post(site, [
      { ...viewOf(site, '2025-12-30'), name: 'purchase', ...order },
      { ...viewOf(site, day), name: 'refund', interactive: false, ...order, value: 5 },
    ])
    const metrics = ['social_engagement_rate', 'refunds', 'orders', 'sessions']
    const alone = await query(site, { metrics, ...JANUARY })
    expect(metrics.map(id => first(alone)[id]?.value)).toEqual([0.01, 5, null, 10])
    expect(alone.meta.warnings).toEqual(['refunds: Imported days have no data for this metric and were excluded.'])
    await post(site, [viewOf(site, '2026-01-03')])
    const mixed = await query(site, { metrics: ['social_engagement_rate'], ...JANUARY })
    expect([first(mixed).social_engagement_rate?.value, mixed.meta.warnings]).toEqual([0.01, []])
    await deleteSite(site)
  })

  test('sets an imported day aside with a warning where it has events alone', async () => {
    const site = await createSite()
    await importDays(site, [
      { day: '2026-01-02', ...TOTAL },
      { day: '2026-01-03', ...TOTAL },
      { day: '2026-01-04', ...TOTAL },
    ])
    await post(site, [{ ...viewOf(site, '2026-01-02'), name: 'order_sent' }, viewOf(site, '2026-01-03')])
    const answer = await query(site, { metrics: ['sessions'], ...JANUARY })
    expect([first(answer).sessions?.value, answer.meta.warnings]).toEqual([
      12,
      ['1 imported day was excluded: this site has events then, but no page views.'],
    ])
    await deleteSite(site)
  })
})

describe('imported days that lack something', () => {
  const country = (day: string, sessions: number) => ({ day, dimension: 'country', value: 'SE', sessions })
  const ask = async (site: TestSite, question: Partial<Question>) => {
    const { rows } = await query(site, { metrics: ['sessions'], ...JANUARY, ...question })
    return rows.map(({ metrics }) => metrics.sessions?.value)
  }

  test('rows of the dimension: they are unknown, unless the day had no sessions', async () => {
    const site = await createSite()
    await importDays(site, [
      { day: '2026-01-01', sessions: 5 },
      { day: '2026-01-02', sessions: 7 },
      { day: '2026-01-03', sessions: 0 },
      country('2026-01-01', 5),
    ])
    const filters: Question['filters'] = [['is', 'country', ['SE']]]
    const answer = await query(site, { metrics: ['sessions'], filters, ...JANUARY })
    expect(first(answer).sessions).toMatchObject({
      value: null,
      status: 'needs_input',
      reason: 'Some imported days have no sessions by country.',
    })
    expect((await ask(site, { filters, granularity: 'day' })).slice(0, 3)).toEqual([5, null, 0])
    await post(site, [viewOf(site, '2026-01-05')])
    const mixed = await query(site, { metrics: ['sessions'], filters, ...JANUARY })
    expect([first(mixed).sessions?.value, mixed.meta.warnings]).toEqual([
      1,
      ['sessions: Some imported days have no sessions by country and were excluded.'],
    ])
    await deleteSite(site)
  })

  test('totals: they are unknown', async () => {
    const site = await createSite()
    await importDays(site, [{ day: '2026-01-01', sessions: 5 }, country('2026-01-02', 7)])
    expect(await ask(site, {})).toEqual([null])
    expect((await ask(site, { granularity: 'day' })).slice(0, 3)).toEqual([5, null, 0])
    await deleteSite(site)
  })

  test('a total of events: those that a tool lists are all there are', async () => {
    const site = await createSite()
    await importDays(site, [
      { day: '2026-01-01', sessions: 5 },
      { day: '2026-01-02', sessions: 5 },
      { day: '2026-01-02', dimension: 'event', value: 'sign_up', events: 3 },
    ])
    const { rows } = await query(site, { metrics: ['events'], dimensions: ['event'], ...JANUARY })
    expect(rows.map(({ metrics }) => metrics.events?.value)).toEqual([3])
    await deleteSite(site)
  })

  test('a value that "(other)" may hold', async () => {
    const site = await createSite()
    const page = (day: string, value: string) => ({ day, dimension: 'page', value, pageviews: 5 })
    await importDays(site, [
      ...['2026-01-01', '2026-01-02'].map(day => ({ day, pageviews: 10 })),
      page('2026-01-01', '/a'),
      page('2026-01-01', '(other)'),
      page('2026-01-02', '/a'),
      page('2026-01-02', '/b'),
    ])
    const views = async (filter: readonly unknown[]) => {
      const answer = await query(site, { metrics: ['pageviews'], filters: [filter] as never, ...JANUARY })
      return first(answer).pageviews?.value
    }
    expect(await views(['is', 'page', ['/a']])).toBe(10)
    expect(await views(['is_not', 'page', ['/a']])).toBe(10)
    expect(await views(['is', 'page', ['/b']])).toBe(null)
    expect(await views(['not', ['matches', 'page', ['/*']]])).toBe(null)
    await deleteSite(site)
  })

  test('a part of a day: the previous period leaves that day out, and changes are not tested', async () => {
    const site = await createSite()
    const days = Array.from({ length: 28 }, (_, n) => formatDay(Number(parseDay('2026-01-14')) + n))
    await importDays(
      site,
      days.map(day => ({ day, ...TOTAL })),
    )
    await post(site, [viewOf(site, '2026-01-20'), viewOf(site, '2026-03-01')])
    const ask = { metrics: ['sessions', 'orders'], period: '28d', compare: 'previous_period' } as const
    const answer = await query(site, ask)
    // 2026-01-14 to the noon of 2026-02-10, of which one day is the site's own.
    expect(first(answer).sessions).toMatchObject({
      value: 1,
      previous: 26 * TOTAL.sessions + 1,
      change: { interval: null, verdict: 'not_tested' },
    })
    expect(first(answer).sessions?.change?.value).toBeCloseTo(1 / 261 - 1)
    expect(first(answer).orders?.change).toEqual({ value: null, interval: null, verdict: 'not_tested' })
    expect(answer.meta.warnings.toSorted()).toEqual([
      'orders: Imported days have no data for this metric and were excluded.',
      'sessions: Imported days can only be counted whole, and this period ends partway through one. That day was excluded.',
    ])
    await deleteSite(site)
  })
})

describe('a question that imported days cannot answer', () => {
  const PAGE = { day: '2026-01-01', dimension: 'page', value: '/a', pageviews: 20, visitors: 8 } as const
  const DAYS = [
    { day: '2026-01-01', ...TOTAL },
    PAGE,
    { ...PAGE, value: '/b', pageviews: 10 },
    { day: '2026-01-01', dimension: 'country', value: 'SE', visitors: 8, sessions: 10 },
  ]
  const CASES: [string, Omit<Question, 'site' | 'period'>, RegExp][] = [
    ['another metric', { metrics: ['orders'] }, /have no data for this metric/],
    [
      'a median',
      { metrics: ['session_duration'], parameters: { session_duration: { statistic: 'median' } } },
      /no data for this metric/,
    ],
    [
      'another rule',
      { metrics: ['bounce_rate'], parameters: { bounce_rate: { rule: 'single_page' } } },
      /no data for this metric/,
    ],
    [
      'two filters',
      {
        metrics: ['pageviews'],
        filters: [
          ['is', 'page', ['/a']],
          ['is', 'country', ['SE']],
        ],
      },
      /one dimension at a time/,
    ],
    [
      'another dimension',
      { metrics: ['pageviews'], filters: [['is', 'visitor_type', ['new']]] },
      /broken down by visitor_type/,
    ],
    [
      'a dimension without rows',
      { metrics: ['sessions'], filters: [['is', 'device', ['mobile']]] },
      /have no sessions by device/,
    ],
    [
      'a number without a value',
      { metrics: ['bounce_rate'], filters: [['is', 'page', ['/a']]] },
      /have no sessions and bounces by page/,
    ],
    [
      'has_done',
      { metrics: ['sessions'], filters: [['has_done', { event: 'purchase' }]] as never },
      /visitor behavior/,
    ],
    ['several pages', { metrics: ['visitors'], filters: [['matches', 'page', ['/*']]] }, /each page separately/],
  ]

  test.each(CASES)('needs input alone and warns beside own days: %s', async (_, question, reason) => {
    const site = await createSite()
    await importDays(site, DAYS)
    const [id = ''] = question.metrics
    const alone = await query(site, { ...question, ...JANUARY })
    expect(first(alone)[id]).toMatchObject({
      value: null,
      status: 'needs_input',
      reason: expect.stringMatching(reason),
    })
    expect(alone.meta).toMatchObject({ warnings: [] })
    expect(alone.meta.imported).toBeUndefined()
    await post(site, [viewOf(site, '2026-01-02')])
    const mixed = await query(site, { ...question, ...JANUARY, granularity: 'day' })
    expect(mixed.rows[0]?.metrics[id]).toMatchObject({ value: null, status: 'needs_input' })
    expect(mixed.rows[1]?.metrics[id]?.status).not.toBe('needs_input')
    const whole = await query(site, { ...question, ...JANUARY })
    expect(first(whole)[id]?.reason ?? '').not.toMatch(/mported/)
    expect(whole.meta.warnings).toEqual([expect.stringMatching(reason)])
    await deleteSite(site)
  })

  test('by hour or by two dimensions', async () => {
    const site = await createSite()
    await importDays(site, DAYS)
    const hours = await query(site, {
      metrics: ['pageviews'],
      granularity: 'hour',
      period: { from: FROM, to: '2026-01-02' },
    })
    expect(hours.rows.map(({ metrics }) => metrics.pageviews?.status)).toEqual([
      ...Array(24).fill('needs_input'),
      ...Array(24).fill('ok'),
    ])
    const two = await query(site, { metrics: ['pageviews'], dimensions: ['page', 'country'], ...JANUARY })
    expect([two.rows, two.meta.warnings]).toEqual([[], [expect.stringContaining('one dimension at a time')]])
    await deleteSite(site)
  })

  test('about a part of a day', async () => {
    const site = await createSite()
    await importDays(site, [{ day: '2026-03-09', ...TOTAL }])
    const answer = await query(site, { metrics: ['pageviews'], period: 'today', compare: 'previous_period' })
    expect(first(answer).pageviews).toMatchObject({ value: 0, previous: null })
    expect(answer.meta.warnings).toEqual([
      'pageviews: Imported days can only be counted whole, and this period ends partway through one. That day was excluded.',
    ])
    await deleteSite(site)
  })

  test('filters on what they hold are answered', async () => {
    const site = await createSite()
    await importDays(site, DAYS)
    const value = async (metric: string, filters: NonNullable<Question['filters']>) =>
      first(await query(site, { metrics: [metric], filters, ...JANUARY }))[metric]?.value
    expect(await value('pageviews', [['matches', 'page', ['/*']]])).toBe(30)
    expect(await value('pageviews', [['is_not', 'page', ['/a']]])).toBe(10)
    expect(await value('pageviews', [['contains', 'page', ['a', 'x']]])).toBe(20)
    expect(await value('pageviews', [['does_not_contain', 'page', ['a']]])).toBe(10)
    expect(await value('pageviews', [['or', ['is', 'page', ['/a']], ['is', 'page', ['/c']]]] as never)).toBe(20)
    expect(await value('pageviews', [['not', ['is', 'page', ['/a']]]] as never)).toBe(10)
    expect(await value('visitors', [['is', 'page', ['/a']]])).toBe(8)
    expect(await value('sessions', [['is', 'country', ['SE', 'NO']]])).toBe(10)
    await deleteSite(site)
  })
})

/** The stored days of a site, wherever its events are. */
const stored = async (site: TestSite): Promise<unknown> => {
  const rows = 'select * from imported_days where site = ?1 order by dimension, day, value'
  return (
    await (
      await storeOf(site)
    )
      .prepare(rows)
      .bind(await idOf(site))
      .all()
  ).results
}

describe('an import of days', () => {
  test('can be repeated, and a corrected row replaces the one before', async () => {
    const site = await createSite()
    const rows = [
      { day: '2026-01-01', ...TOTAL },
      { day: '2026-01-01', dimension: 'page', value: '/a', pageviews: 20 },
      { day: '2026-01-01', dimension: 'page', value: '/b', pageviews: 10 },
    ]
    await importDays(site, rows)
    const before = await stored(site)
    expect(before).toHaveLength(3)
    expect(await importDays(site, rows)).toMatchObject({ accepted: 3, replaced: 3 })
    expect(await stored(site)).toEqual(before)
    await importDays(site, [{ day: '2026-01-01', ...TOTAL, pageviews: 31 }])
    await importDays(site, [{ day: '2026-01-01', dimension: 'page', value: '/b', pageviews: 11 }])
    const answer = await query(site, { metrics: ['pageviews'], dimensions: ['page'], ...JANUARY })
    expect(answer.rows.map(({ dimensions, metrics }) => [dimensions?.page, metrics.pageviews?.value])).toEqual([
      ['/b', 11],
    ])
    expect(first(await query(site, { metrics: ['pageviews'], ...JANUARY })).pageviews?.value).toBe(31)
    await deleteSite(site)
    expect((await env.DB.prepare('select count(*) as n from imported_days').first())?.n).toBe(0)
  })

  test('keeps the largest values of a day, and adds the others up', async () => {
    const site = await createSite()
    const [most, more] = [LIMITS.valuesPerImportedDay, 30]
    const rows = Array.from({ length: most + more }, (_, n) => ({
      day: '2026-01-01',
      dimension: 'page',
      value: `/${n}`,
      visitors: n + 1,
      pageviews: n + 1,
    }))
    const shuffled = rows.toSorted((one, other) => one.value.localeCompare(other.value))
    await importDays(site, [
      ...shuffled,
      { day: '2026-01-01', dimension: 'page', value: '(other)', visitors: 5, pageviews: 7 },
    ])
    const answer = await query(site, { metrics: ['pageviews'], dimensions: ['page'], ...JANUARY })
    const values = new Map(answer.rows.map(({ dimensions, metrics }) => [dimensions?.page, metrics.pageviews?.value]))
    expect(values.size).toBe(most + 1)
    expect(values.get('(other)')).toBe((more * (more + 1)) / 2 + 7)
    expect([values.get(`/${more}`), values.get(`/${more - 1}`)]).toEqual([more + 1, undefined])
    await deleteSite(site)
  })

  test('takes a part of a number that it does not have, and spaces around a dimension', async () => {
    const site = await createSite()
    const rows = [
      { day: '2026-01-01', visitors: 9, bounces: 5 },
      { day: '2026-01-01', dimension: 'source ', value: 'google', sessions: 1 },
    ]
    expect(await importDays(site, rows)).toMatchObject({ accepted: 2, refused: [] })
    const { rows: sources } = await query(site, { metrics: ['sessions'], dimensions: ['source'], ...JANUARY })
    expect(sources.map(({ dimensions }) => dimensions?.source)).toEqual(['Google'])
    await deleteSite(site)
  })

  test('rejects rows that the origin of the same day already counts, in either order', async () => {
    const site = await createSite()
    const origin = { day: '2026-01-01', dimension: 'origin', value: 'source=Google', sessions: 10 }
    const channel = { day: '2026-01-01', dimension: 'channel', value: 'Organic search', sessions: 10 }
    const beside = (line: number) => ({ status: 422, refused: [{ line, code: 'beside_origin' }] })
    expect(await importDays(site, [origin, channel])).toMatchObject(beside(2))
    expect(await importDays(site, [channel, origin])).toMatchObject(beside(1))
    expect(await importDays(site, [origin, { ...channel, day: '2026-01-02' }])).toMatchObject({ accepted: 2 })
    await importDays(site, [channel])
    const answer = await query(site, { metrics: ['sessions'], dimensions: ['channel'], ...JANUARY })
    expect(answer.rows[0]?.metrics.sessions?.value).toBe(20)
    await deleteSite(site)
  })

  test('bounds the list of tools', async () => {
    const site = await createSite()
    const tools = Array.from({ length: 6 }, (_, n) => `${n}`.repeat(40))
    for (const tool of tools) await importDays(site, [{ day: '2026-01-01', ...TOTAL }], tool)
    const { meta } = await query(site, { metrics: ['sessions'], ...JANUARY })
    expect(meta.imported?.source).toBe(tools.slice(0, 4).join(', '))
    await deleteSite(site)
  })

  test.each([
    ['unknown_dimension', { day: '2026-01-01', dimension: 'weather', value: 'rain' }],
    ['over_sessions', { day: '2026-01-01', sessions: 1, bounces: 2 }],
    ['over_sessions', { day: '2026-01-01', sessions: 1, engaged_sessions: 2 }],
    ['out_of_range', { day: '2026-01-01', visitors: -1 }],
    ['not_whole', { day: '2026-01-01', visitors: 1.5 }],
    ['bad_day', { day: '01/02/2026', visitors: 1 }],
    ['unknown_column', { day: '2026-01-01', hits: 1 }],
  ])('rejects a row and stores nothing: %s', async (code, row) => {
    const site = await createSite()
    const answer = await importDays(site, [{ day: '2026-01-02', ...TOTAL }, row as DayRow])
    expect(answer).toMatchObject({ status: 422, refused: [{ line: 2, code }] })
    expect(await stored(site)).toEqual([])
    expect(await query(site, { metrics: ['sessions'], ...JANUARY })).not.toHaveProperty('meta.imported')
    await deleteSite(site)
  })

  test('writes values as sessions have them', async () => {
    const site = await createSite()
    const row = { day: '2026-01-01', sessions: 1 }
    await importDays(site, [
      { ...row, dimension: 'source', value: 'google' },
      { ...row, dimension: 'source', value: '' },
      { ...row, dimension: 'channel', value: 'organic SEARCH' },
      { ...row, dimension: 'medium', value: '' },
    ])
    const valuesBy = async (id: string) =>
      (await query(site, { metrics: ['sessions'], dimensions: [id], ...JANUARY })).rows.map(
        ({ dimensions }) => dimensions?.[id],
      )
    expect((await valuesBy('source')).toSorted()).toEqual(['(direct)', 'Google'])
    expect([await valuesBy('channel'), await valuesBy('medium')]).toEqual([['Organic search'], ['(none)']])
    await deleteSite(site)
  })

  test('reads the source of sessions from URL parameters as the collector does', async () => {
    const site = await createSite()
    const row = { day: '2026-01-01', dimension: 'origin' }
    await importDays(site, [
      { ...row, value: 'source=Google', sessions: 5 },
      { ...row, value: 'utm_source=google&utm_medium=cpc&utm_campaign=spring', sessions: 3 },
      { ...row, value: 'source=npmjs.com', sessions: 2 },
      { ...row, value: '', sessions: 7, visitors: 6 },
      { ...row, value: '(other)', sessions: 1 },
    ])
    const sessionsBy = async (id: string) => {
      const { rows } = await query(site, { metrics: ['sessions'], dimensions: [id], ...JANUARY })
      return Object.fromEntries(rows.map(({ dimensions, metrics }) => [dimensions?.[id], metrics.sessions?.value]))
    }
    expect(await sessionsBy('channel')).toEqual({
      Direct: 7,
      'Organic search': 5,
      'Paid search': 3,
      Referral: 2,
      '(other)': 1,
    })
    expect(await sessionsBy('source')).toEqual({ '(direct)': 7, Google: 8, 'npmjs.com': 2, '(other)': 1 })
    expect(await sessionsBy('campaign')).toEqual({ '(not set)': 14, spring: 3, '(other)': 1 })
    await deleteSite(site)
  })

  test('is in a backup', async () => {
    const site = await createSite()
    await importDays(site, [{ day: '2026-01-01', ...TOTAL }])
    const parts = await backup(site)
    await deleteSite(site)
    await restore(site, parts)
    const answer = await query({ ...site, read: env.ADMIN_TOKEN }, { metrics: ['sessions'], period: 'all' })
    expect([first(answer).sessions?.value, answer.meta.imported?.source]).toEqual([10, 'plausible'])
    await deleteSite(site)
  })
})

const DAYS = Array.from({ length: 75 }, (_, n) => formatDay(Number(parseDay('2025-12-20')) + n))
const VALUES: Readonly<Record<string, readonly string[]>> = {
  page: ['/', '/a', '/b'],
  entry_page: ['/', '/a'],
  exit_page: ['/', '/b'],
  country: ['SE', 'NO', '(not set)'],
  channel: ['Direct', 'Organic search'],
  browser: ['Firefox', 'Chrome'],
}

const numbers = fc
  .record({
    visitors: fc.integer({ min: 1, max: 50 }),
    pageviews: fc.nat(99),
    events: fc.nat(9),
    duration: fc.nat(9_000),
    sessions: fc.integer({ min: 1, max: 60 }),
  })
  .chain(own =>
    fc
      .record({ bounces: fc.nat(own.sessions), engaged_sessions: fc.nat(own.sessions) })
      .map(parts => ({ ...own, ...parts })),
  )

/** Rows of a day and dimension, which one in thirty lacks. */
const rowsOf = (day: string, dimension: string, values: readonly string[]) =>
  fc
    .tuple(fc.nat(29), ...values.map(() => numbers))
    .map(([lack, ...given]): readonly DayRow[] =>
      lack === 0
        ? []
        : given.map((own, n) => ({ day, ...(dimension && { dimension, value: values[n] ?? '' }), ...own })),
    )

/** Totals of random days, and rows of each dimension. */
const imported = fc
  .uniqueArray(fc.constantFrom(...DAYS), { minLength: 3, maxLength: 20 })
  .chain(days =>
    fc.tuple(
      ...days.flatMap(day =>
        Object.entries({ '': [''], ...VALUES }).map(([dimension, values]) => rowsOf(day, dimension, values)),
      ),
    ),
  )
  .map(rows => rows.flat())

/** A visitor's page views on a random day. */
const recorded = fc.array(
  fc.record({
    day: fc.constantFrom(...DAYS),
    path: fc.constantFrom('/', '/a', '/b'),
    visitor: fc.constantFrom('u', 'v'),
    minute: fc.nat(59),
  }),
  { maxLength: 12 },
)

/** How metrics are the quotient of two numbers of a day. */
const QUOTIENTS: Readonly<Record<string, readonly [DayNumber, DayNumber?]>> = {
  visitors: ['visitors'],
  sessions: ['sessions'],
  pageviews: ['pageviews'],
  bounces: ['bounces'],
  events: ['events'],
  bounce_rate: ['bounces', 'sessions'],
  engagement_rate: ['engaged_sessions', 'sessions'],
  session_duration: ['duration', 'sessions'],
  pages_per_session: ['pageviews', 'sessions'],
  content_pages_per_visitor: ['pageviews', 'visitors'],
}

type Fractions = Record<string, readonly [number, number]>

/** The numerators and denominators of an answer, by time, value and metric; those that are 0 are left out. */
const fractionsOf = ({ rows }: Answer): Fractions =>
  Object.fromEntries(
    rows.flatMap(({ time, dimensions, metrics }) =>
      Object.entries(metrics).flatMap(([id, { numerator, denominator }]) => {
        const pair = [numerator ?? 0, denominator ?? 0] as const
        const key = [time ?? '', ...Object.values(dimensions ?? {}), id].join(' ')
        return pair.some(number => number !== 0) ? [[key, pair]] : []
      }),
    ),
  )

const BUCKETS: Readonly<Record<string, (day: string) => string>> = {
  '': () => '',
  day: day => day,
  week: day => formatDay(Number(parseDay(day)) - ((Number(parseDay(day)) + 3) % 7)),
  month: day => `${day.slice(0, 7)}-01`,
}

const isOf = (dimension: string) => (row: DayRow) => (row.dimension ?? '') === dimension

/** The days that lack a metric by a dimension: they have no rows of it, and their total is not 0. */
const lackingDays = (rows: readonly DayRow[], dimension: string, id: string): string[] => {
  const own = rows.filter(isOf(dimension))
  return [...Map.groupBy(rows, ({ day }) => day)].flatMap(([day, all]) => {
    const total = all.find(isOf(''))
    const isZero = own.length > 0 && total && QUOTIENTS[id]?.every(number => number && total[number] === 0)
    return all.some(isOf(dimension)) || isZero ? [] : [day]
  })
}

/** Adds the rows of a dimension, bucket by bucket: of one with a day that lacks the metric none. */
const add = (fractions: Fractions, rows: readonly DayRow[], granularity: string, dimension: string): Fractions => {
  const sums: Fractions = { ...fractions }
  const bucketOf = BUCKETS[granularity] ?? String
  for (const [id, [above, below]] of Object.entries(QUOTIENTS)) {
    const lacking = new Set(lackingDays(rows, dimension, id).map(bucketOf))
    for (const row of rows.filter(isOf(dimension))) {
      if (lacking.has(bucketOf(row.day))) continue
      const key = [bucketOf(row.day), ...(dimension ? [row.value] : []), id].join(' ')
      const [x, y] = sums[key] ?? [0, 0]
      const sum = [x + (row[above] ?? 0), y + (below ? (row[below] ?? 0) : 0)] as const
      if (sum.some(number => number !== 0)) sums[key] = sum
    }
  }
  return sums
}

const rounded = (fractions: Fractions) =>
  Object.fromEntries(
    Object.entries(fractions).map(([key, pair]) => [key, pair.map(number => Math.round(number * 1e6) / 1e6)]),
  )

const LACK = expect.stringMatching(/: (Some i|I)mported days have no .* and were excluded\.$/)

test('random imported and recorded days add up to a naive sum, by every dimension and granularity', async () => {
  const period = { from: DAYS[0] ?? '', to: DAYS.at(-1) ?? '' }
  let run = 0
  await fc.assert(
    fc.asyncProperty(imported, recorded, async (rows, views) => {
      const [site, own] = [await createSite(), await createSite()]
      await importDays(site, rows)
      for (const one of [site, own]) {
        if (views.length === 0) continue
        await post(
          one,
          views.map(({ day, path, visitor, minute }) =>
            viewOf(one, day, visitor, path, `10:${String(minute).padStart(2, '0')}:00`),
          ),
        )
      }
      const days = new Set(views.map(({ day }) => day))
      // Every dimension by one granularity in each run, and totals by all.
      const granularities = Object.keys(BUCKETS)
      const asked = [
        ...granularities.map(granularity => ['', granularity] as const),
        ...Object.keys(VALUES).map((name, n) => [name, granularities[(n + run) % granularities.length] ?? ''] as const),
      ]
      run++
      for (const [dimension, granularity] of asked) {
        const question = {
          metrics: Object.keys(QUOTIENTS),
          period,
          ...(granularity && { granularity: granularity as 'day' }),
          ...(dimension && { dimensions: [dimension] }),
        }
        const used = rows.filter(row => !days.has(row.day))
        const expected = add(fractionsOf(await query(own, question)), used, granularity, dimension)
        const answer = await query(site, question)
        expect([dimension, granularity, rounded(fractionsOf(answer))]).toEqual([
          dimension,
          granularity,
          rounded(expected),
        ])
        const isLacking = question.metrics.some(id => lackingDays(used, dimension, id).length > 0)
        for (const warning of answer.meta.warnings) expect([isLacking, warning]).toEqual([true, LACK])
      }
      await Promise.all([deleteSite(site), deleteSite(own)])
    }),
    { numRuns: runsOnStore(4) },
  )
})

test('all metrics at once take no more statements than the free plan has, with imported days too', async () => {
  const site = await createSite()
  await importDays(
    site,
    DAYS.slice(0, 60).map(day => ({ day, ...TOTAL })),
  )
  await post(site, [viewOf(site, DAYS[61] ?? ''), viewOf(site, '2026-03-09')])
  const ask = async (question: object): Promise<void> => {
    const body = JSON.stringify({ site: site.domain, period: '30d', compare: 'previous_period', ...question })
    const init = { method: 'POST', headers: { authorization: `Bearer ${site.read}` }, body }
    const { status, usage } = await request('/api/v1/query', init, { statements: QUERIES.free })
    expect([status, usage.errors]).toEqual([200, []])
  }
  const metrics = METRICS.map(({ id }) => id)
  await ask({ metrics })
  await ask({ metrics, granularity: 'day' })
  const divided = METRICS.filter(({ breakdown }) => breakdown === 'session_and_event').map(({ id }) => id)
  await ask({ metrics: divided, granularity: 'day', dimensions: ['channel'] })
  await deleteSite(site)
})
