import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { test, vi } from 'vitest'
import { expectAsAsked } from '../../integration/askedCatalogue'
import { clockByHand } from '../../integration/clockByHand'
import { deliver, deliverAll, withSite } from '../../integration/delivery'
import { cron, type TestSite } from '../../integration/setup'
import { happen, plan } from '../../oracle/scenario'

const DAY = 86_400_000
const SCENARIOS = 12

clockByHand(Date.UTC(2026, 0, 1, 9))

const noonAfter = (time: number, days: number): number => (Math.floor(time / DAY) + days + 0.5) * DAY

const isRolledUp = async ({ domain }: TestSite): Promise<boolean> => {
  const sql = 'select until from rollups where site = (select id from sites where domain = ?1)'
  return Number(await env.DB.prepare(sql).bind(domain).first('until')) > 0
}

test('the catalogue of a site agrees with queries over its history and its last days, for random events', async () => {
  for (const one of fc.sample(plan, { seed: env.TEST_SEED, numRuns: SCENARIOS })) {
    const scenario = happen({ ...one, wait: 0 }, Date.now())
    await withSite(scenario, async site => {
      for (const delivery of scenario.deliveries.slice(0, 1)) await deliver(site, delivery)
      await expectAsAsked(site, new Set())
      await cron()
      const had = new Set<string>()
      const expectAsBefore = async () => {
        await expectAsAsked(site, had)
        // Until a day is rolled up nothing is stored, so a metric that had a value need not stay available.
        if (!(await isRolledUp(site))) had.clear()
      }
      await expectAsBefore()
      await deliverAll(site, { ...scenario, deliveries: scenario.deliveries.slice(1) })
      for (const days of [1, 2, 33, 91]) {
        vi.setSystemTime(noonAfter(scenario.now, days))
        await cron()
        await expectAsBefore()
      }
    })
    vi.setSystemTime(noonAfter(scenario.now, 92))
  }
})
