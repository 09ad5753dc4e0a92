import { env, exports } from 'cloudflare:workers'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openDirectory } from '../../../worker/directory'
import { runAlarms } from '../../integration/runAlarms'
import { createSite, deleteSite, migrate, post } from '../../integration/setup'

const HOUR = 3_600_000
/** In the future, so that no alarm goes off by itself. */
const MONDAY = Date.UTC(2050, 2, 14)
const SINK = 'https://sink.footfall.dev/a1b2'

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: MONDAY - HOUR })
  await migrate()
})
afterAll(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

test('an object sends its report and its alarms once', async () => {
  const ids: (string | null)[] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (...args) => {
    ids.push(new Request(...args).headers.get('footfall-delivery'))
    return new Response('')
  })
  const site = await createSite({
    settings: {
      daily_bytes: 1_000_000,
      reports: [{ kind: 'webhook', to: SINK, every: 'week' }],
      alarms: { kind: 'webhook', to: SINK, quota: true, changed: true, tracking_silent: true },
    },
  })
  const time = MONDAY - 2 * HOUR
  await post(site, [{ id: 'a', name: 'page_view', visitor_id: 'a', url: 'https://shop.example/', time }])
  vi.setSystemTime(MONDAY + 7 * HOUR)
  await (await openDirectory(env).find(site.domain))?.addBytes(900_000)
  await runAlarms()
  vi.setSystemTime(MONDAY + 8.2 * HOUR)
  await runAlarms()
  expect(ids.toSorted()).toEqual([expect.stringMatching(/^alarm\/quota\/\d+$/), 'report/week/2050-03-07'])
  const response = await exports.default.fetch(`https://stats.example/api/v1/sites/${site.domain}/deliveries`, {
    headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
  })
  expect(await response.json()).toMatchObject({
    reports: [{ to: SINK, last: { state: 'sent', period: '2050-03-07' } }],
    alarm: { id: expect.stringContaining('quota'), state: 'sent' },
  })
  await deleteSite(site)
})
