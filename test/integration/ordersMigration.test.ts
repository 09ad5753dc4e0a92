import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { createSite, post, query, settle } from './setup'

const NAME = '0014_confirmed.sql'
/** Sites are added and settled as now, which takes later columns and tables. */
const LATER = [
  '0021_store',
  '0024_imported_days',
  '0025_webhook_secrets',
  '0026_shares_and_exports',
  '0029_shared_pages',
]
const before = env.TEST_MIGRATIONS.filter(({ name }) => name < NAME || LATER.some(later => name === `${later}.sql`))

beforeAll(() => applyD1Migrations(env.DB, before))

const HOUR = Math.floor(Date.UTC(2026, 2, 10, 12) / 3_600_000)
const NOON = HOUR * 3_600_000

/** As stored by a release that took the earliest purchase for the order, whoever sent it. */
const purchase = (site: number, transaction: string, time: number, isBrowser: boolean, value: number) =>
  env.DB.prepare(
    `insert into purchases (site, transaction_id, time, sent_id, sent_visitor, id, visitor, browser, context, amounts)
    values (?1, ?2, ?3, ?4, '', ?5, ?6, ?7, '[null,null,null,null,null]', ?8)`,
  ).bind(
    site,
    transaction,
    time,
    isBrowser ? '1' : 'o',
    isBrowser ? 1 : 2,
    isBrowser ? 100 : -200,
    isBrowser ? 1 : 0,
    JSON.stringify([1, 'EUR', value, null, null, null, null]),
  )

const event = (site: number, transaction: string, time: number, isBrowser: boolean, value: number) =>
  env.DB.prepare(
    `insert into events (site, hour, visitor, id, at, name, active, currency, value, transaction_id)
    values (?1, ?2, ?3, ?4, ?5, 10, 1, 'EUR', ?6, ?7)`,
  ).bind(
    site,
    Math.floor(time / 3_600_000),
    isBrowser ? 100 : -200,
    isBrowser ? 1 : 2,
    time % 3_600_000,
    value,
    transaction,
  )

test('existing orders are ranked and marked, and numbers based on a forged copy are corrected', async () => {
  const site = await createSite({ currency: 'EUR' })
  const id = Number(await env.DB.prepare('select id from sites where domain = ?1').bind(site.domain).first('id'))
  await settle()
  await env.DB.batch([
    // A browser's copy of 0, an hour before the order of 100.
    purchase(id, 'forged', NOON, true, 0),
    purchase(id, 'forged', NOON + 3_600_000, false, 10_000),
    event(id, 'forged', NOON, true, 0),
    purchase(id, 'alone', NOON + 60_000, true, 700),
    env.DB.prepare("update purchases set id = 3, sent_id = '3' where transaction_id = 'alone'"),
    env.DB.prepare(
      `insert into events (site, hour, visitor, id, at, name, active, currency, value, transaction_id)
      values (?1, ?2, 100, 3, 60000, 10, 1, 'EUR', 700, 'alone')`,
    ).bind(id, HOUR),
    purchase(id, 'server', NOON + 120_000, false, 900),
    event(id, 'server', NOON + 120_000, false, 900),
    env.DB.prepare('insert into dirty (site, visitor, hour, changes) values (?1, 100, ?2, 1), (?1, -200, ?2, 1)').bind(
      id,
      HOUR,
    ),
  ])
  await settle()

  await applyD1Migrations(env.DB, [...env.TEST_MIGRATIONS])

  const { results } = await env.DB.prepare(
    'select transaction_id, hour * 3600000 + at - ?2 as time, visitor, value, unconfirmed from events where site = ?1 order by 1',
  )
    .bind(id, NOON)
    .all()
  expect(results).toEqual([
    { transaction_id: 'alone', time: 60_000, visitor: 100, value: 700, unconfirmed: 1 },
    { transaction_id: 'forged', time: 3_600_000, visitor: 100, value: 10_000, unconfirmed: null },
    { transaction_id: 'server', time: 120_000, visitor: -200, value: 900, unconfirmed: null },
  ])
  const asked = async (source: string) => {
    const period = { from: '2026-03-10', to: '2026-03-10' }
    const parameters = { gross_revenue: { source } }
    const { rows } = await query(site, { metrics: ['gross_revenue', 'sessions'], period, parameters })
    return [rows[0]?.metrics.gross_revenue?.value, rows[0]?.metrics.sessions?.value]
  }
  for (const _ of ['marked', 'settled']) {
    expect([await asked('all'), await asked('confirmed')]).toEqual([
      [116, 3],
      [109, 3],
    ])
    await settle()
  }
  expect((await post(site, [{ id: 'x', name: 'login', visitor_id: 'v' }])).accepted).toBe(1)
})
