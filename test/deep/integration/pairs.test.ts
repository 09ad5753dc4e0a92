import { expect, test } from 'vitest'
import type { Question } from '../../../shared/question'
import { clockByHand } from '../../integration/clockByHand'
import { createSite, post, query, settle } from '../../integration/setup'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const NOW = Date.UTC(2026, 10, 29, 12)

clockByHand(NOW)

const SESSIONS = 800
const PAGES = 3
/** One session in this many comes from the source that the filter names. */
const RARE = 10

/** Sessions of three page views each, two minutes apart. */
const events = Array.from({ length: SESSIONS * PAGES }, (_, n) => {
  const session = Math.floor(n / PAGES)
  const host = session % RARE === 0 ? 'www.bing.com' : `source-${session % 7}.example`
  return {
    id: `e${n}`,
    name: 'page_view',
    visitor_id: `p${session}`,
    time: NOW - DAY - session * 11 * MINUTE + (n % PAGES) * 2 * MINUTE,
    url: `https://shop.example/a${n % 9}`,
    referrer: n % PAGES === 0 ? `https://${host}/` : undefined,
  }
})

const [pageviews, sessions, visitors] = ['pageviews', 'sessions', 'visitors']

/** Queries by two dimensions, or by one with a filter on another, and the most rows they may read for a page view. */
const PAIRS: readonly (readonly [Omit<Question, 'site'>, number])[] = [
  [{ metrics: [pageviews], dimensions: ['page', 'source'] }, 5.5],
  [{ metrics: [pageviews], dimensions: ['page'], filters: [['is', 'channel', ['Organic search']]] }, 2],
  [{ metrics: [sessions], dimensions: ['channel', 'source'] }, 2],
  [{ metrics: [visitors], dimensions: ['source', 'device'] }, 3],
]

test('a query by two dimensions reads a few rows for each page view', { timeout: 60_000 }, async () => {
  const site = await createSite({ timezone: 'UTC', currency: 'EUR' })
  await post(site, events)
  await settle()
  for (const [question, most] of PAIRS) {
    const { meta, rows } = await query(site, { ...question, period: '30d' })
    const total = rows.reduce((sum, { metrics }) => sum + Number(Object.values(metrics)[0]?.value), 0)
    const share = question.filters ? RARE : 1
    const counted = question.metrics[0] === pageviews ? PAGES : 1
    expect(total).toBe((SESSIONS * counted) / share)
    expect(meta.rows_read / events.length, JSON.stringify(question)).toBeLessThan(most)
  }
})
