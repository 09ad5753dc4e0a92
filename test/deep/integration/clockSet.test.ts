import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { backup, restore, TIMEOUT } from '../../integration/backups'
import { browser, send } from '../../integration/beacons'
import { clockByHand } from '../../integration/clockByHand'
import { cron as cronOfSite, expectRollupsMatchEvents, QUESTIONS } from '../../integration/rollups'
import { createSite, deleteSite, query, settle, type TestSite } from '../../integration/setup'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const BEGIN = Date.UTC(2026, 2, 10, 11)
const PERIOD = { from: '2026-03-08', to: '2026-03-12' }

clockByHand(BEGIN - DAY)

/** Three visitors, two of whom come without a pause and one for five minutes of each forty. */
const visit = async (site: TestSite, minute: number): Promise<number> => {
  const visitors = [1, 2, ...(minute % 40 < 5 ? [3] : [])]
  for (const visitor of visitors) {
    const record = { i: minute * 10 + visitor, t: Date.now(), u: `https://${site.domain}/${minute % 7}` }
    await send(site, browser(visitor), record)
    await send(site, browser(visitor), { ...record, m: 30_000, d: 40, c: 1 })
  }
  return visitors.length
}

const total = async (site: TestSite) => {
  const metrics = ['pageviews', 'clicks', 'sessions', 'visitors', 'session_duration', 'bounces']
  const { rows } = await query(site, { metrics, period: PERIOD })
  return rows[0]?.metrics
}

/** A site whose clock is off for an hour in the middle of three. */
const play = async (site: TestSite, off: number): Promise<number> => {
  let sent = 0
  for (let minute = 0; minute < 180; minute++) {
    const isWrong = minute >= 60 && minute < 120
    vi.setSystemTime(BEGIN + minute * MINUTE + (isWrong ? off : 0))
    sent += await visit(site, minute)
    if (minute % 5 === 0) await cronOfSite(site)
    if (minute % 20 === 7) expect((await total(site))?.pageviews?.value).toBeLessThanOrEqual(sent)
  }
  return sent
}

test.each([
  ['back by an hour', -HOUR],
  ['ahead by an hour', HOUR],
  ['back by a day', -DAY],
  ['ahead by a day', DAY],
])('a clock set %s and an hour later right again loses nothing', { timeout: TIMEOUT }, async (_name, off) => {
  vi.setSystemTime(BEGIN - HOUR)
  const site = await createSite()
  const sent = await play(site, off)
  vi.setSystemTime(BEGIN + 2 * DAY)
  await cronOfSite(site)
  const before = await total(site)
  expect(before).toMatchObject({ pageviews: { value: sent }, clicks: { value: sent } })
  await expectRollupsMatchEvents(site, QUESTIONS, [PERIOD], 'with the clock right again')
  // A restored site derives its sessions from its events: the clock left no trace in them.
  const parts = await backup(site)
  await deleteSite(site)
  await restore(site, parts)
  await settle()
  // Its keys were deleted with the original site.
  expect(await total({ ...site, read: env.ADMIN_TOKEN })).toEqual(before)
  await deleteSite(site)
})
