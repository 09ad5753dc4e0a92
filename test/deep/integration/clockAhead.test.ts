import { expect, test, vi } from 'vitest'
import { browser, send } from '../../integration/beacons'
import { clockByHand } from '../../integration/clockByHand'
import { cron as cronOfSite, expectRollupsMatchEvents, QUESTIONS } from '../../integration/rollups'
import { createSite, cron, deleteSite, query, type TestSite } from '../../integration/setup'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const METRICS = ['visitors', 'sessions', 'pageviews', 'events', 'session_duration', 'bounces']

clockByHand()

const day = (site: TestSite, period: string) =>
  query(site, { metrics: METRICS, period: { from: period, to: period }, granularity: 'hour' })

/** Two sessions: one lasts the whole time, one begins after its first quarter. */
const happen = async (site: TestSite, start: number, minutes: number): Promise<void> => {
  const now = start + minutes * MINUTE
  vi.setSystemTime(now)
  await send(site, browser(1), { i: minutes, t: now, u: `https://${site.domain}/${minutes}` })
  if (minutes === 20) await send(site, browser(2), { i: 200, t: now })
  if (minutes === 22) {
    await send(site, browser(2), { i: 200, t: now - 2 * MINUTE, m: 90_000, d: 50, c: 2 })
    await send(site, browser(2), { i: 201, t: now, k: 'guide_step', o: { guide_id: 'g', step: 1, step_count: 2 } })
    await send(site, browser(2), { i: 202, t: now, k: 'chat_opened' })
  }
}

/** An hour and a half of sessions with a cron run every five minutes, one of which has a clock that is ahead. */
const play = async (site: TestSite, start: number, ahead: number): Promise<void> => {
  for (let minutes = 0; minutes <= 90; minutes += 1) {
    if (minutes % 2 === 0) await happen(site, start, minutes)
    if (minutes % 5 !== 0) continue
    const now = start + minutes * MINUTE
    vi.setSystemTime(minutes === 15 ? now + ahead : now)
    await cronOfSite(site)
    vi.setSystemTime(now)
  }
}

test.each([
  ['40 minutes', 40 * MINUTE, 12],
  ['3 hours', 3 * HOUR, 12],
  ['a month', 30 * 24 * HOUR, 12],
  ['3 hours, before midnight', 3 * HOUR, 23.2],
])('a clock that is ahead by %s in one cron run changes no answer', async (_name, ahead, hour) => {
  const start = Date.UTC(2026, 2, 10) + hour * HOUR
  vi.setSystemTime(start - HOUR)
  const [steady, jumping] = [await createSite(), await createSite()]
  await play(steady, start, 0)
  await play(jumping, start, ahead)
  for (const later of [0, 4 * HOUR, 30 * HOUR]) {
    vi.setSystemTime(start + 90 * MINUTE + later)
    for (const site of [steady, jumping]) await cronOfSite(site)
    for (const period of ['2026-03-10', '2026-03-11']) {
      expect((await day(jumping, period)).rows).toEqual((await day(steady, period)).rows)
    }
  }
  await expectRollupsMatchEvents(jumping, QUESTIONS, [{ from: '2026-03-10', to: '2026-03-11' }], 'after the jump')
  for (const site of [steady, jumping]) await deleteSite(site)
})

test('a query before the next cron run has the right answer', async () => {
  const start = Date.UTC(2026, 2, 10, 12)
  vi.setSystemTime(start - HOUR)
  const site = await createSite()
  await happen(site, start, 0)
  vi.setSystemTime(start + 3 * HOUR)
  await cron()
  await happen(site, start, 2)
  await happen(site, start, 20)
  const { rows } = await query(site, { metrics: ['sessions', 'pageviews'], period: 'today' })
  expect(rows.map(({ metrics }) => [metrics.sessions?.value, metrics.pageviews?.value])).toEqual([[2, 4]])
})
