import { env, exports } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { buildDays } from '../../../worker/rollups/buildDays'
import { buildToday } from '../../../worker/rollups/buildToday'
import { settle } from '../../../worker/sessions/settle'
import { d1 } from '../../../worker/storage/d1'
import type { SiteConfig } from '../../../worker/storage/siteConfig'
import { findSite } from '../../../worker/storage/sites'
import { clockByHand } from '../../integration/clockByHand'
import { FAULTS, type Fault, faultyDatabase } from '../../integration/faultyDatabase'
import { ROLLUP_TABLES } from '../../integration/rollupTables'
import { newTwin } from '../../integration/twins'

const TIMEOUT = 600_000
const NOW = Date.parse('2026-03-10T18:00:00Z')

clockByHand(NOW)

const view = (id: string, time: string): object => ({
  id,
  name: 'page_view',
  time,
  visitor_id: id.slice(0, 1),
  url: 'https://shop.example/',
  engaged_seconds: 12,
})

const DAYS = [
  view('a1', '2026-03-09T10:00:00Z'),
  view('b1', '2026-03-09T23:50:00Z'),
  view('b2', '2026-03-10T00:10:00Z'),
  view('a2', '2026-03-10T11:00:00Z'),
]

const siteOf = async ({ domain }: Pick<SiteConfig, 'domain'>): Promise<SiteConfig> => {
  const site = await findSite(d1(env.DB), domain)
  if (!site) throw new Error(`${domain} is not there`)
  return site
}

const post = async ({ domain }: SiteConfig, events: readonly object[]): Promise<void> => {
  const response = await exports.default.fetch(`https://stats.example/api/v1/events?site=${domain}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
    body: JSON.stringify({ events }),
  })
  expect(await response.json()).toMatchObject({ accepted: events.length })
}

const cron = async (db: D1Database, site: SiteConfig): Promise<void> => {
  const changes = await settle(d1(db), site.id, NOW)
  await buildDays(d1(db), site, NOW)
  await buildToday(d1(db), site, NOW, changes, { few: 0 })
}

/** The rollups of a site, without the count of runs. */
const kept = async ({ id }: SiteConfig): Promise<string[]> => {
  const tables = ROLLUP_TABLES.map(table => env.DB.prepare(`select * from ${table} where site = ?1`).bind(id))
  const results = await env.DB.batch<Record<string, unknown>>(tables)
  return results.flatMap(({ results }, index) =>
    results.map(({ site: _, version: __, ...row }) => `${ROLLUP_TABLES[index]} ${JSON.stringify(row)}`),
  )
}

/** A late page view after the first cron run makes days stale for the second; one call of it fails. */
const live = async (at: number | null, hit: Fault | 'cut'): Promise<{ rows: string[]; calls: readonly number[] }> => {
  const site = await siteOf(await newTwin(NOW))
  await post(site, DAYS)
  await cron(env.DB, site)
  await post(site, [view('a3', '2026-03-09T10:20:00Z')])
  const database = faultyDatabase(env.DB, at === null ? null : { at, hit })
  await cron(database.db, site).catch(() => {})
  database.revive()
  await cron(env.DB, site)
  return { rows: await kept(site), calls: database.calls }
}

test.each([
  ['a call fails', FAULTS.overloaded],
  ['a call succeeds but its answer is lost', FAULTS.unknown],
  ['the Worker stops after a call', 'cut'],
] as const)('the rollups are the same when %s', { timeout: TIMEOUT }, async (_name, hit) => {
  const calm = await live(null, hit)
  expect(calm.rows.length).toBeGreaterThan(20)
  for (const at of calm.calls.filter((_, index) => index % 2 === 0)) {
    const { rows } = await live(at, hit)
    expect(rows, `at statement ${at} of ${calm.calls.at(-1)}`).toEqual(calm.rows)
  }
})
