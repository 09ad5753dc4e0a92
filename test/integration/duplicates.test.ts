import { beforeAll, expect, test } from 'vitest'
import { browser, send } from './beacons'
import { createSite, migrate, query } from './setup'

beforeAll(migrate)

test('an event that a browser sends again from another address is counted once', async () => {
  const site = await createSite()
  const t = Date.now() - 3_000
  const records = [
    { i: 1, t },
    { i: 2, t: t + 1, k: 'search', o: {} },
  ]
  await send(site, browser(1), ...records)
  await send(site, browser(2), ...records)
  const count = async () => {
    const { rows } = await query(site, { metrics: ['pageviews', 'events', 'visitors', 'sessions'], period: 'today' })
    return Object.values(rows[0]?.metrics ?? {}).map(({ value }) => value)
  }
  expect(await count()).toEqual([1, 1, 1, 1])
  await send(site, browser(2), { i: 3, t, k: 'search', o: {} })
  expect(await count()).toEqual([1, 2, 2, 2])
})
