import { env, exports } from 'cloudflare:workers'
import { expect } from 'vitest'
import type { Answer, Question } from '../../shared/question'
import { answerAll } from '../../worker/http/answer'
import { parseQuery } from '../../worker/query/parse/parseQuery'
import { buildDays } from '../../worker/rollups/buildDays'
import { buildToday } from '../../worker/rollups/buildToday'
import { deleteExpiredEvents } from '../../worker/rollups/deleteExpiredEvents'
import { settle } from '../../worker/sessions/settle'
import { Site } from '../../worker/site'
import { d1 } from '../../worker/storage/d1'
import type { SiteConfig } from '../../worker/storage/siteConfig'
import { listSites, readKept, updateKept } from '../../worker/storage/sites'
import { createSite, post, type TestSite } from './setup'
import { databaseOf } from './store'

export const TIMEOUT = 240_000
export const HOUR = 3_600_000
export const DAY = 24 * HOUR
export const ZONE = 'Europe/Stockholm'
export const NOW = Date.parse('2026-03-10T12:00:00Z')
/** A month before. */
export const FIRST_RETAINED = '2026-02-10'

/** Read anew, as the cron does. */
export const siteOf = async ({ domain }: TestSite): Promise<SiteConfig> => {
  const site = (await listSites(d1(env.DB))).find(one => one.domain === domain)
  if (!site) throw new Error(`${domain} is not there`)
  return site
}

/** The cron's work for one site. */
export const cron = async (site: TestSite, given?: D1Database): Promise<void> => {
  const found = await siteOf(site)
  const db = given ?? databaseOf(found)
  const changes = await settle(d1(db), found.id, Date.now())
  await buildDays(d1(db), found, Date.now())
  await deleteExpiredEvents(d1(db), found, Date.now())
  await buildToday(d1(db), found, Date.now(), changes, { few: 0 })
  // An object's alarm copies this to D1. Where the site is in D1, it changes nothing.
  await updateKept(d1(env.DB), found.id, await readKept(d1(db), found.id))
}

export const patch = async ({ domain }: TestSite, body: unknown): Promise<void> => {
  const response = await exports.default.fetch(`https://stats.example/api/v1/sites/${domain}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${env.ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect([response.status, await response.text()]).toEqual([200, expect.any(String)])
}

export const retainFor = (site: TestSite, months: number | null) =>
  patch(site, { settings: { retention_months: months } })

let events = 0
export const event = (visitor: string, time: string | number, more: object = {}): object => ({
  id: `e${++events}`,
  name: 'page_view',
  time,
  visitor_id: visitor,
  url: 'https://shop.example/',
  engaged_seconds: 12,
  ...more,
})

/** Some days before and after the first retained one, with returning people and people of a single day. */
export const story = (): object[] => [
  ...Array.from({ length: 50 }, (_, n) => event(`v${n % 7}`, NOW - 50 * DAY + n * 23 * HOUR)),
  ...Array.from({ length: 20 }, (_, n) =>
    event('', NOW - 45 * DAY + n * 50 * HOUR, {
      visitor_id: undefined,
      ip: `203.0.113.${n % 3}`,
      user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      url: `https://shop.example/p${n % 2}`,
    }),
  ),
  ...[48, 40, 20, 3].map((days, n) =>
    event(`v${n}`, NOW - days * DAY, { name: 'purchase', transaction_id: `T${days}`, value: 10 }),
  ),
]

/** Sent and rolled up, with all events. */
export const siteWithStory = async (events: readonly object[] = story()): Promise<TestSite> => {
  const site = await createSite({ timezone: ZONE, currency: 'EUR' })
  const { refused } = await post(site, events)
  expect(refused).toEqual([])
  await cron(site)
  return site
}

export const ask = async (site: TestSite, question: Omit<Question, 'site'>): Promise<Answer> => {
  const plan = parseQuery({ ...question, site: site.domain })
  const found = await siteOf(site)
  const [answer] = await answerAll(new Site(d1(databaseOf(found)), found), [plan], Date.now())
  if (!answer) throw new Error('there is no answer')
  return answer
}

export const valuesOf = async (site: TestSite, question: Omit<Question, 'site'>) =>
  (await ask(site, question)).rows.map(({ metrics, ...row }) => ({
    ...row,
    metrics: Object.fromEntries(Object.entries(metrics).map(([id, { value }]) => [id, value])),
  }))

export const countOf = async (site: TestSite, table: string, condition = '1'): Promise<number> => {
  const found = await siteOf(site)
  const sql = `select count(*) as n from ${table} where site = ?1 and ${condition}`
  return Number(await databaseOf(found).prepare(sql).bind(found.id).first('n'))
}

/** The rows of every event table: before a time, and from then on. */
export const factsAround = async (
  site: TestSite,
  time: number,
): Promise<readonly [before: number[], from: number[]]> => {
  const at = 'hour * 3600000 + at'
  const times = { views: at, events: at, visits: at, purchases: 'time', event_ids: 'time', reaches: 'hour * 3600000' }
  const counts = (sign: string) =>
    Promise.all(Object.entries(times).map(([table, column]) => countOf(site, table, `${column} ${sign} ${time}`)))
  return [await counts('<'), await counts('>=')]
}

export const SUMMED = ['visitors', 'sessions', 'pageviews', 'pages_per_session', 'bounce_rate', 'conversion_rate']
export const OVER_BOTH = { from: '2026-01-15', to: '2026-03-09' }
export const DELETED_DAYS = { from: '2026-01-15', to: '2026-02-09' }
export const RETAINED_DAYS = { from: FIRST_RETAINED, to: '2026-03-10' }
