import { exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { browser, send } from './beacons'
import { createSite, migrate, post, query, type TestSite } from './setup'

beforeAll(migrate)

const get = async (site: TestSite, path: string) => {
  const headers = { authorization: `Bearer ${site.read}` }
  const response = await exports.default.fetch(`https://stats.example${path}`, { headers })
  return response.json<Record<string, unknown>>()
}

test('a value says how it was made, and what was left out of it', async () => {
  const site = await createSite()
  const now = Date.now()
  await send(site, browser(1), { i: 1, t: now, m: 15_000 })
  await exports.default.fetch('https://stats.example/v1/e', {
    method: 'POST',
    headers: { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)', 'cf-connecting-ip': '192.0.2.9' },
    body: JSON.stringify({ v: 1, s: site.domain, n: now, e: [{ i: 2, t: now, u: `https://${site.domain}/` }] }),
  })
  const event = { id: 'e', name: 'login', visitor_id: 'v', time: now }
  await post(site, [event, event, { name: 'purchase', visitor_id: 'v', time: now }])
  const { rows } = await query(site, {
    metrics: ['bounce_rate', 'wau'],
    period: 'today',
    parameters: { bounce_rate: { rule: 'engaged' } },
    explain: true,
  })
  expect(rows[0]?.metrics.bounce_rate?.explanation).toEqual({
    formula: 'bounced sessions / sessions',
    numerator: 'bounced sessions',
    denominator: 'sessions',
    definitions: {
      session: expect.stringContaining('30 minutes'),
      bounced: expect.stringContaining('rule'),
    },
    parameters: { rule: 'engaged' },
    left_out: {
      pending: 2,
      without_lasting_id: 0,
      bots: 1,
      duplicates: 1,
      opted_out: 0,
      prefetched: 0,
      refused: 1,
    },
  })
  expect(rows[0]?.metrics.wau?.explanation?.left_out.without_lasting_id).toBe(1)
  const plain = await query(site, { metrics: ['bounce_rate'], period: 'today' })
  expect(plain.rows[0]?.metrics.bounce_rate).not.toHaveProperty('explanation')
  const byAddress = await get(site, `/api/v1/metrics/bounce_rate?site=${site.domain}&period=today&explain=true`)
  expect(byAddress).toHaveProperty('rows.0.metrics.bounce_rate.explanation.formula')
})

test('the catalogue says what a site has, and what is missing', async () => {
  const site = await createSite()
  const catalogue = async () => {
    const { metrics } = await get(site, `/api/v1/metrics?site=${site.domain}`)
    return new Map(
      (metrics as { id: string; available: boolean; missing: string[] }[]).map(metric => [metric.id, metric]),
    )
  }
  const before = await catalogue()
  expect(before.get('sessions')).toMatchObject({ available: true, missing: [] })
  expect(before.get('mrr')).toMatchObject({
    available: false,
    missing: [expect.stringContaining('subscription_start')],
  })
  expect(before.get('activation_rate')?.missing).toEqual([expect.stringContaining('settings.value_event')])
  expect(before.get('cac')?.missing).toEqual([expect.stringContaining('/api/v1/imports/costs')])
  const subscription = { name: 'subscription_start', user_id: 'u', time: Date.now(), price: 10, interval: 'month' }
  await post(site, [subscription])
  const after = await catalogue()
  expect(after.get('mrr')).toMatchObject({ available: true, missing: [] })
  for (const { id, available, missing } of after.values()) {
    expect([id, available, missing.every(text => /^[A-Z].*\.$/.test(text))]).toEqual([id, missing.length === 0, true])
  }
})
