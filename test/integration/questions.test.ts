import { env, exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { LIMITS } from '../../shared/limits'
import type { Question } from '../../shared/question'
import { answerAll } from '../../worker/http/answer'
import { parseQuery } from '../../worker/query/parse/parseQuery'
import { Site } from '../../worker/site'
import { d1 } from '../../worker/storage/d1'
import { findSite } from '../../worker/storage/sites'
import { counting } from '../benchmark/counting'
import { interceptedDatabase } from './interceptedDatabase'
import { createSite, migrate, post, query, type TestSite } from './setup'

beforeAll(migrate)

const ask = async ({ read }: TestSite, body: unknown, headers: Record<string, string> = {}) => {
  const response = await exports.default.fetch('https://stats.example/api/v1/query', {
    method: 'POST',
    headers: { authorization: `Bearer ${read}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as never }
}

const siteWithVisitors = async (): Promise<TestSite> => {
  const site = await createSite()
  const time = Date.now() - 3_600_000
  await post(site, [
    { name: 'page_view', visitor_id: 'a', time, url: 'https://shop.example/', country: 'SE' },
    { name: 'page_view', visitor_id: 'b', time, url: 'https://shop.example/cart', country: 'NO' },
  ])
  return site
}

const QUESTIONS: readonly Omit<Question, 'site'>[] = [
  { metrics: ['visitors', 'bounce_rate'], compare: 'previous_period' },
  { metrics: ['visitors'], granularity: 'day' },
  { metrics: ['pageviews'], dimensions: ['page'] },
]

const rowsOf = (answers: readonly { rows: unknown }[]): unknown[] => answers.map(({ rows }) => rows)

test('a list of queries is answered like each query alone, a rejected one with its reason', async () => {
  const site = await siteWithVisitors()
  const questions = QUESTIONS.map(question => ({ site: site.domain, ...question }))
  const wrong = { site: site.domain, metrics: ['visits'] }
  const { status, body } = await ask(site, [...questions, wrong])
  expect(status).toBe(200)
  const [first, second, third, fourth] = body as { rows: unknown }[]
  const alone = []
  for (const question of QUESTIONS) alone.push(await query(site, question))
  expect(rowsOf([first, second, third] as { rows: unknown }[])).toEqual(rowsOf(alone))
  expect(fourth).toMatchObject({ error: { code: 'unknown_metric' } })
})

/** A database that answers all pending calls at once, and counts how often. */
const inRounds = (real: D1Database) => {
  const state = { rounds: 0 }
  let round: Promise<void> | null = null
  const db = interceptedDatabase(real, async (_count, run) => {
    round ??= new Promise(resolve => {
      setTimeout(() => {
        state.rounds += 1
        round = null
        resolve()
      })
    })
    await round
    return run(null)
  })
  return { db, state }
}

test('the queries of a page wait at most four times for the database, however many they are', async () => {
  const site = await findSite(d1(env.DB), (await siteWithVisitors()).domain)
  if (!site) throw new Error('the site is not there')
  const waits = async (questions: typeof QUESTIONS): Promise<number> => {
    const { db, state } = inRounds(env.DB)
    const plans = questions.map(question => parseQuery({ site: site.domain, ...question }))
    await answerAll(new Site(d1(db), site), plans, Date.now())
    return state.rounds
  }
  // Final sessions from rollups; open ones; those that began an hour before; the rest.
  expect(await waits(QUESTIONS)).toBeLessThanOrEqual(4)
  expect(await waits(QUESTIONS.slice(0, 1))).toBeLessThanOrEqual(4)
})

test('data that several queries need is read once', async () => {
  const site = await findSite(d1(env.DB), (await siteWithVisitors()).domain)
  if (!site) throw new Error('the site is not there')
  const plans = QUESTIONS.map(question => parseQuery({ site: site.domain, ...question }))
  const rows = async (lists: (typeof plans)[]): Promise<number> => {
    const { db, counts } = counting(env.DB)
    for (const list of lists) await answerAll(new Site(d1(db), site), list, Date.now())
    return counts.rowsRead
  }
  expect(await rows([plans])).toBeLessThan(await rows(plans.map(plan => [plan])))
})

test.each([
  ['none', () => []],
  [
    'too many',
    (site: string) => Array.from({ length: LIMITS.questionsPerCall + 1 }, () => ({ site, metrics: ['dau'] })),
  ],
  ['no objects', () => [1]],
  [
    'of two sites',
    (site: string) => [
      { site, metrics: ['dau'] },
      { site: 'other.example', metrics: ['dau'] },
    ],
  ],
])('a list is rejected: %s', async (_name, list) => {
  const site = await createSite()
  expect(await ask(site, list(site.domain))).toMatchObject({ status: 400, body: { error: { code: 'bad_shape' } } })
})

test('a list cannot be answered as CSV', async () => {
  const site = await createSite()
  const answer = await ask(site, [{ site: site.domain, metrics: ['dau'] }], { accept: 'text/csv' })
  expect(answer).toMatchObject({ status: 400, body: { error: { code: 'bad_shape' } } })
})

test('CSV has one column per metric, or every column on request, and no other choice', async () => {
  const site = await createSite()
  const call = async (search: string, init: RequestInit = {}) => {
    const response = await exports.default.fetch(`https://stats.example/api/v1/${search}`, {
      ...init,
      headers: { authorization: `Bearer ${site.read}` },
    })
    return { status: response.status, text: await response.text() }
  }
  const metric = `metrics/sessions?site=${site.domain}&period=today&compare=previous_period`
  const header = ({ text }: { text: string }) => text.split('\r\n')[0]
  expect(await call(`${metric}&format=csv`)).toEqual({ status: 200, text: 'sessions\r\n0\r\n' })
  const all = header(await call(`${metric}&format=csv&columns=all`))
  expect(all).toMatch(/^sessions,sessions_numerator,.*,sessions_pending,sessions_previous,.*,sessions_verdict$/)
  const body = JSON.stringify({ site: site.domain, metrics: ['sessions'], period: 'today', compare: 'previous_period' })
  expect(header(await call('query?format=csv&columns=all', { method: 'POST', body }))).toBe(all)
  const rejected = await call(`${metric}&format=csv&columns=few`)
  expect([rejected.status, JSON.parse(rejected.text).error.code]).toEqual([400, 'bad_columns'])
})
