import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { REPORT_INTERVALS, type ReportInterval } from '../../../shared/settings'
import { openDirectory } from '../../../worker/directory'
import { buildReport } from '../../../worker/reports/buildReport'
import type { Site } from '../../../worker/site'
import { clockByHand } from '../../integration/clockByHand'
import { limitedDatabase } from '../../integration/limitedDatabase'
import { siteWithDays } from '../../integration/siteWithDays'

const MINUTE = 60_000
/** A Tuesday, the first of a month. */
const NOW = Date.UTC(2026, 11, 1, 12)

clockByHand(NOW)

const GOALS = [
  { id: 'bought', event: 'purchase' },
  { id: 'read', page: '/a1' },
]

/** Visits of a day to thirty pages, from twenty sources, each twentieth of which buys something. */
const eventsOf = (midnight: number) =>
  Array.from({ length: 40 }, (_, n) => {
    const id = `${midnight}-${n}`
    const view = {
      id,
      name: 'page_view',
      visitor_id: id,
      time: midnight + n * 30 * MINUTE,
      url: `https://shop.example/a${n % 30}`,
      referrer: `https://source-${n % 20}.example/`,
      country: ['SE', 'NO', 'DE'][n % 3],
    }
    const order = { name: 'purchase', time: view.time + MINUTE, transaction_id: id, value: 10, currency: 'EUR' }
    return n % 20 === 0 ? [view, { ...view, ...order, id: `${id}-order` }] : [view]
  }).flat()

/**
 * The most rows of a report of few groups. Goals are found in page views and events, so they are tested where these are few.
 * `npm run bench -- --only report` measures a site with 1,000,000 page views.
 */
const MOST_ROWS: Readonly<Record<ReportInterval, number>> = { week: 25_000, month: 6_000 }

test('the report of a week tests goals, that of a month has too many events and reads rollups', {
  timeout: 120_000,
}, async () => {
  const { domain } = await siteWithDays({
    now: NOW,
    days: 70,
    eventsOf,
    fields: { timezone: 'UTC', currency: 'EUR', settings: { goals: GOALS } },
  })
  const tested: number[] = []
  for (const every of REPORT_INTERVALS) {
    const { db, usage } = limitedDatabase(env.DB)
    const engine = (await openDirectory({ DB: db }).find(domain)) as Site
    const { figures, moved, warnings } = await buildReport(engine, every, NOW)
    expect(figures[0]?.value.value).toBeGreaterThan(100)
    expect(usage.statements).toBeLessThanOrEqual(40)
    expect(usage.rowsRead).toBeLessThanOrEqual(MOST_ROWS[every])
    tested.push(moved.tested)
    expect(warnings.some(text => text.startsWith('Changes of goals were not tested'))).toBe(every === 'month')
  }
  expect(tested[0]).toBeGreaterThan(20)
})
