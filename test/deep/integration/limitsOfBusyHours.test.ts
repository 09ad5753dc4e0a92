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
  const site = await busySite()
  // Nothing is final; then sessions that go on past the watermark are, and the others; then all.
  for (const minutes of [0, 25, 35]) {
    vi.setSystemTime(Date.now() + minutes * MINUTE)
    expect(await counted(site)).toEqual([VISITORS, VISITORS, VISITORS, VISITORS])
    expect((await runCron('none')).errors).toEqual([])
    expect(await counted(site)).toEqual([VISITORS, VISITORS, VISITORS, VISITORS])
  }
})
