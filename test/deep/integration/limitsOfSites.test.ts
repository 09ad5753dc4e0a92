import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { LIMITS } from '../../../shared/limits'
import { clockByHand } from '../../integration/clockByHand'
import { QUERIES } from '../../integration/d1Limits'
import { type Invocation, request, runCron } from '../../integration/invocation'
import { createSite, deleteSite, post, type TestSite } from '../../integration/setup'

const HOUR = 3_600_000

clockByHand(Date.UTC(2026, 2, 9, 12))

const FREE = { calls: QUERIES.free }

const list = <T>(count: number, item: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => item(n))

const asOwner = async (path: string, init: RequestInit = {}): Promise<Invocation> => {
  const headers = { authorization: `Bearer ${env.ADMIN_TOKEN}` }
  const answer = await request(`/api/v1/sites/${path}`, { ...init, headers }, FREE)
  expect([path, answer.status, answer.usage.errors]).toEqual([path, 200, []])
  return answer
}

/** A page view and a purchase of a user, so many hours ago. */
const visit = (hours: number, user = `user ${hours % 50}`): Record<string, unknown>[] => {
  const base = { user_id: user, visitor_id: `${user} at home`, time: Date.now() - hours * HOUR }
  return [
    { ...base, name: 'page_view', url: `https://shop.example/${hours % 100}`, referrer: 'https://www.bing.com/' },
    { ...base, name: 'purchase', value: 5, transaction_id: `${user} ${hours}` },
  ]
}

/** Local days that have a rollup in total. */
const rolledDays = async ({ domain }: TestSite): Promise<unknown> =>
  env.DB.prepare(
    "select count(distinct day) as n from sums where dimension = '' and site = (select id from sites where domain = ?1)",
  )
    .bind(domain)
    .first('n')

test('the cron settles and rolls up weeks of several sites within the limits of the paid plan', async () => {
  const sites: TestSite[] = []
  for (let n = 0; n < 3; n++) {
    const site = await createSite({ timezone: 'America/New_York' })
    await post(site, list(40, day => visit(day * 24)).flat())
    sites.push(site)
  }
  const days = () => Promise.all(sites.map(rolledDays))
  for (let runs = 0; runs < 30 && !(await days()).every(count => count === 39); runs++) {
    expect((await runCron('paid')).errors).toEqual([])
    vi.setSystemTime(Date.now() + 300_000)
  }
  expect(await days()).toEqual([39, 39, 39])
  for (const site of sites) await deleteSite(site)
})

/** Every part of a backup, each asked for in an invocation of its own. */
const backup = async (domain: string): Promise<string[]> => {
  const parts: string[] = []
  for (let after = ''; after !== 'null'; ) {
    const { body } = await asOwner(`${domain}/backup${after && `?after=${encodeURIComponent(after)}`}`)
    parts.push(body)
    after = JSON.stringify(JSON.parse(body.trimEnd().split('\n').at(-1) ?? '').next)
  }
  return parts
}

test('a person with tens of thousands of events is exported, restored from a backup, and erased, on the free plan', async () => {
  const site = await createSite()
  for (let first = 0; first < 5_000; first += LIMITS.eventsPerCall / 2) {
    await post(site, list(LIMITS.eventsPerCall / 2, n => visit((first + n) / 10, 'somebody')).flat())
  }
  const person = `${site.domain}/users/somebody`
  const exported = JSON.parse((await asOwner(`${person}/export`)).body)
  expect([exported.page_views.length, exported.purchases.length]).toEqual([5_000, 5_000])

  const parts = await backup(site.domain)
  await deleteSite(site)
  for (const body of parts) await asOwner(`${site.domain}/restore`, { method: 'POST', body })
  expect(JSON.parse((await asOwner(`${person}/export`)).body).page_views.length).toBe(5_000)

  const { body: erased } = await asOwner(person, { method: 'DELETE' })
  expect(JSON.parse(erased).removed).toMatchObject({ page_views: 5_000, purchases: 5_000 })
  expect(JSON.parse((await asOwner(`${person}/export`)).body).page_views).toEqual([])
})
