import { expect, test, vi } from 'vitest'
import { LIMITS } from '../../../shared/limits'
import type { Answer, Question } from '../../../shared/question'
import { clockByHand } from '../../integration/clockByHand'
import { QUERIES } from '../../integration/d1Limits'
import { request, runCron } from '../../integration/invocation'
import { createSite, post, type TestSite } from '../../integration/setup'

clockByHand()

const MINUTE = 60_000
const FREE = { calls: QUERIES.free }

/** More than the sessions of half an hour that one bound value holds: some 2 million page views a day. */
const VISITORS = 30_000

/** Every visitor views a page a few minutes ago, and the session is still open. */
const busySite = async (): Promise<TestSite> => {
  const site = await createSite()
  const now = Date.now()
  for (let from = 0; from < VISITORS; from += LIMITS.eventsPerCall) {
    const events = Array.from({ length: LIMITS.eventsPerCall }, (_, n) => ({
      name: 'page_view',
      visitor_id: `visitor ${from + n}`,
      time: now - 60_000 - ((from + n) % 600) * 1_000,
      url: `https://shop.example/${n % 50}`,
      country: 'SE',
    }))
    await post(site, events)
  }
  return site
}

/** Statements and round trips of a query. */
const tripsOf = async (site: TestSite): Promise<{ statements: number; calls: number }> => {
  const body = JSON.stringify({ site: site.domain, metrics: ['visitors', 'sessions', 'pageviews'], period: '7d' })
  const init = { method: 'POST', headers: { authorization: `Bearer ${site.read}` }, body }
  const { statements, calls } = (await request('/api/v1/query', init)).usage
  return { statements, calls }
}

const ask = async (site: TestSite, question: Omit<Question, 'site'>): Promise<Answer['rows']> => {
  const body = JSON.stringify({ site: site.domain, period: '7d', ...question })
  const init = { method: 'POST', headers: { authorization: `Bearer ${site.read}` }, body }
  const { status, body: answer, usage } = await request('/api/v1/query', init, FREE)
  expect([status, usage.errors]).toEqual([200, []])
  return JSON.parse(answer).rows
}

const counted = async (site: TestSite) => {
  const metrics = ['visitors', 'sessions', 'pageviews', 'bounce_rate']
  const [total] = await ask(site, { metrics, compare: 'previous_period' })
  const countries = await ask(site, { metrics: ['sessions'], dimensions: ['country'] })
  const of = metrics.slice(0, 3).map(metric => total?.metrics[metric]?.value)
  return [...of, ...countries.map(({ metrics }) => metrics.sessions?.value)]
}

test('tens of thousands of open sessions are counted and settled', async () => {
  const quiet = await tripsOf(await createSite())
  const site = await busySite()
  const busy = await tripsOf(site)
  // Each statement over so many sessions has a round trip of its own, so that D1 can store beacons in between.
  expect(busy.calls - quiet.calls).toBeGreaterThanOrEqual(3)
  // Nothing is final; then sessions that go on past the watermark are, and the others; then all.
  for (const minutes of [0, 25, 35]) {
    vi.setSystemTime(Date.now() + minutes * MINUTE)
    expect(await counted(site)).toEqual([VISITORS, VISITORS, VISITORS, VISITORS])
    expect((await runCron('none')).errors).toEqual([])
    expect(await counted(site)).toEqual([VISITORS, VISITORS, VISITORS, VISITORS])
  }
})

/** Page views in an hour. A text of 2 MB holds some 36,000. */
const ROBOT = 45_000

test('a visitor with more events in an hour than fit into one text is counted and settled', async () => {
  const site = await createSite()
  const begin = Math.floor(Date.now() / (60 * MINUTE)) * 60 * MINUTE
  vi.setSystemTime(begin + 59 * MINUTE)
  for (let from = 0; from < ROBOT; from += LIMITS.eventsPerCall) {
    const events = Array.from({ length: LIMITS.eventsPerCall }, (_, n) => ({
      name: 'page_view',
      visitor_id: 'robot',
      time: begin + (from + n) * 75,
      url: `https://shop.example/${n % 50}`,
    }))
    await post(site, events)
  }
  const question = JSON.stringify({ site: site.domain, metrics: ['pageviews', 'sessions'], period: '7d' })
  const init = { method: 'POST', headers: { authorization: `Bearer ${site.read}` }, body: question }
  const tooBig = expect.stringContaining('SQLITE_TOOBIG')
  const answered = await request('/api/v1/query', init, FREE)
  expect([answered.status, answered.usage.errors]).toEqual([200, [tooBig]])
  vi.setSystemTime(begin + 120 * MINUTE)
  expect((await runCron('none')).errors).toEqual([tooBig])
  const settled = await request('/api/v1/query', init, FREE)
  for (const { body } of [answered, settled]) {
    const { pageviews, sessions } = JSON.parse(body).rows[0].metrics
    expect([pageviews.value, sessions.value]).toEqual([ROBOT, 1])
  }
})
