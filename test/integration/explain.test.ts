import { exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import type { Parameters } from '../../shared/question'
import { browser, send } from './beacons'
import { createSite, migrate, post, query, type TestSite } from './setup'

beforeAll(migrate)

const get = async (site: TestSite, path: string) => {
  const headers = { authorization: `Bearer ${site.read}` }
  const response = await exports.default.fetch(`https://stats.example${path}`, { headers })
  return response.json<Record<string, unknown>>()
}

test('a value explains how it was computed and what it excludes', async () => {
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
    formula: 'sessions that were not engaged / sessions',
    numerator: 'sessions that were not engaged',
    denominator: 'sessions',
    factor: 1,
    definitions: {
      session: expect.stringContaining('30 minutes'),
      engaged: expect.stringContaining('10 visible seconds'),
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

/** The value of a metric with its stated numerator and denominator. */
const explained = async (site: TestSite, metric: string, parameters: Parameters = {}) => {
  const { rows } = await query(site, {
    metrics: [metric],
    period: '7d',
    parameters: { [metric]: parameters },
    explain: true,
  })
  const of = rows[0]?.metrics[metric]
  return {
    value: of?.value,
    above: [of?.numerator, of?.explanation?.numerator],
    below: [of?.denominator, of?.explanation?.denominator],
  }
}

test('engagement counts the engaged sessions, and each bounce rule counts what it names', async () => {
  const site = await createSite()
  const time = Date.now() - 7_200_000
  const view = (visitor_id: string, engaged_seconds: number, minutes = 0) => ({
    name: 'page_view',
    visitor_id,
    time: time + minutes * 60_000,
    url: `https://${site.domain}/`,
    engaged_seconds,
  })
  await post(site, [
    view('reads', 20),
    view('leaves', 1),
    view('leaves too', 1),
    view('goes on', 1),
    view('goes on', 1, 1),
    view('searches', 1),
    { name: 'search', visitor_id: 'searches', time: time + 30_000 },
  ])
  expect(await explained(site, 'engagement_rate')).toEqual({
    value: 0.4,
    above: [2, 'engaged sessions'],
    below: [5, 'sessions'],
  })
  const bounced = async (rule: string) => (await explained(site, 'bounce_rate', { rule })).above
  expect(await bounced('engaged')).toEqual([3, 'sessions that were not engaged'])
  expect(await bounced('single_page')).toEqual([4, 'sessions with one page view'])
  expect(await bounced('single_interaction')).toEqual([3, 'sessions with one page view and no other interaction'])
})

test('a drop-off counts the runs that went no further', async () => {
  const site = await createSite()
  const runs = { a: 1, b: 1, c: 1, d: 2, e: 3 }
  await post(
    site,
    Object.entries(runs).flatMap(([visitor_id, furthest]) =>
      Array.from({ length: furthest }, (_, n) => ({
        name: 'guide_step',
        visitor_id,
        time: Date.now() - 7_200_000 + n * 1000,
        guide_id: 'welcome',
        step: n + 1,
        step_count: 3,
      })),
    ),
  )
  // Five reached step 1, three of them no further; two reached step 2, one of them no further.
  expect(await explained(site, 'guide_step_dropoff')).toEqual({
    value: 4 / 7,
    above: [4, 'settled runs that reached a step but not the next one'],
    below: [7, 'settled runs that reached a step before the last'],
  })
})

test('a net promoter score is 100 times its ratio', async () => {
  const site = await createSite()
  const scores = [9, 10, 10, 9, 7, 8, 6, 0, 8, 7]
  const time = Date.now() - 60_000
  await post(
    site,
    scores.map((score, n) => ({
      name: 'survey_response',
      visitor_id: `v${n}`,
      time,
      survey_id: 's',
      kind: 'nps',
      score,
    })),
  )
  expect(await explained(site, 'nps')).toEqual({
    value: 20,
    above: [2, 'answers of 9 and 10 − answers of 0 to 6'],
    below: [10, 'answers'],
  })
  const { rows } = await query(site, { metrics: ['nps'], period: '7d', explain: true })
  expect(rows[0]?.metrics.nps?.explanation).toMatchObject({
    formula: '100 × (answers of 9 and 10 − answers of 0 to 6) / answers',
    factor: 100,
  })
})

test('a rate names its denominator: sessions, visitors or carts', async () => {
  const site = await createSite()
  const event = (name: string, visitor_id: string, days: number, more: object = {}) => ({
    name,
    visitor_id,
    time: Date.now() - days * 86_400_000,
    ...more,
  })
  await post(site, [
    event('add_to_cart', 'a', 5),
    event('add_to_cart', 'a', 3),
    event('purchase', 'a', 1.5, { transaction_id: 'T1' }),
    event('add_to_cart', 'b', 4),
  ])
  const carts = (scope: string) => explained(site, 'cart_abandonment_rate', { scope })
  expect(await carts('session')).toMatchObject({
    above: [3, 'sessions with an add_to_cart and no purchase'],
    below: [3, 'sessions with an add_to_cart'],
  })
  expect(await carts('visitor')).toMatchObject({
    above: [1, 'visitors with an add_to_cart and no purchase'],
    below: [2, 'visitors with an add_to_cart'],
  })
  expect(await carts('cart')).toMatchObject({
    above: [3, 'carts with goods in them after 24 hours without shopping'],
    below: [3, 'closed carts'],
  })
  expect(await explained(site, 'conversion_rate', { scope: 'session', event: 'add_to_cart' })).toMatchObject({
    above: [3, 'sessions with the event "add_to_cart"'],
    below: [4, 'sessions'],
  })
  expect(await explained(site, 'conversion_rate')).toMatchObject({
    above: [1, 'visitors with a conversion'],
    below: [2, 'visitors'],
  })
})

test('the catalogue says what data a site has and what is missing', async () => {
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
