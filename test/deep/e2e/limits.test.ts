import { join } from 'node:path'
import { Miniflare } from 'miniflare'
import type { Page } from 'playwright-core'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { bundleWorker } from '../../../tools/bundle'
import { readWorkerConfig } from '../../../tools/config'
import { PROJECT } from '../../../tools/project'
import { applyMigrations } from '../../../tools/server/migrate'
import { workerdOptions } from '../../../tools/server/workerd'
import { PAGES } from '../../../worker/dashboard/pages'
import { APP, SHOP } from '../../e2e/dashboardPagesStory'
import { loaded, open, post, server } from '../../e2e/dashboardStage'
import type { RequestUsage } from '../../e2e/limitedWorker'
import { QUERIES } from '../../integration/d1Limits'
import { temporaryFolder } from '../../tools/folder'

const TOKEN = 'the-admin-token-of-this-very-test'
const DAY = 86_400_000

type Fields = Readonly<Record<string, unknown>>

/** A story as if its last day were yesterday. */
const recent = (events: readonly Fields[]): Fields[] => {
  const times = events.map(({ time }) => Date.parse(String(time)))
  const late = Date.now() - DAY - Math.max(...times)
  return events.map((event, n) => ({ ...event, time: new Date((times[n] ?? 0) + late).toISOString() }))
}

const EVENTS = [...recent(SHOP), ...recent(APP)]

/** The Worker as on the free plan, with the same site and events. */
const startLimited = async () => {
  const config = readWorkerConfig()
  const script = await bundleWorker({ ...config, main: join(PROJECT, 'test/e2e/limitedWorker.ts') })
  const local = { host: '127.0.0.1', port: 0, dataDir: await temporaryFolder(), adminToken: TOKEN, demo: false }
  const miniflare = new Miniflare(workerdOptions(config, script, { ...local, quiet: true }))
  onTestFinished(() => miniflare.dispose())
  const { origin } = await miniflare.ready
  await applyMigrations(await miniflare.getD1Database('DB'), config.migrationsDir)
  const ask = async (path: string, method = 'GET', body: string | null = null): Promise<number> => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
    const response = await fetch(`${origin}${path}`, { method, headers, body })
    await response.arrayBuffer()
    return response.status
  }
  expect(await ask('/api/v1/sites', 'POST', '{"domain":"localhost"}')).toBe(201)
  expect(await ask('/api/v1/sites/localhost', 'PATCH', SETTINGS)).toBe(200)
  const store = async (events: readonly Fields[]): Promise<void> =>
    expect(await ask('/api/v1/events?site=localhost', 'POST', JSON.stringify({ events }))).toBe(200)
  await store(EVENTS)
  const usages = async (): Promise<RequestUsage[]> =>
    (await fetch(`${origin}/usages`)).json() as Promise<RequestUsage[]>
  const cron = async (): Promise<void> => void (await (await miniflare.getWorker()).scheduled())
  return { ask, store, usages, cron }
}

interface Asked {
  readonly path: string
  readonly method: string
  readonly body: string | null
}

/** The requests that the pages send to the API, each once. */
const askedBy = async (page: Page, addresses: readonly string[]): Promise<Asked[]> => {
  const asked = new Map<string, Asked>()
  page.on('request', request => {
    const { pathname, search } = new URL(request.url())
    if (!pathname.startsWith('/api/')) return
    const one = { path: `${pathname}${search}`, method: request.method(), body: request.postData() }
    asked.set(JSON.stringify(one), one)
  })
  for (const address of addresses) {
    await page.goto(address)
    await loaded(page)
  }
  return [...asked.values()]
}

const STEPS = ['/', 'view_item', 'add_to_cart', 'begin_checkout', 'purchase'].map(name =>
  name === '/' ? { page: name } : { event: name },
)

/** The settings that more panels ask for. */
const SETTINGS = JSON.stringify({
  settings: {
    goals: [...STEPS, { scroll: 50 }, { seconds: 10 }].map((goal, n) => ({ id: `g${n}`, ...goal })),
    funnels: [
      { id: 'buy', steps: STEPS, order: 'any' },
      { id: 'direct', steps: STEPS, order: 'strict', scope: 'session' },
    ],
  },
})

/** With a comparison; with the most columns and a filter on an unfinished day; and with the most columns over a year. */
const VIEWS = [
  'site=localhost',
  'site=localhost&period=today&is.country=SE&columns=all&rows=more&from=/',
  'site=localhost&period=12m&columns=all&from=purchase&direction=before&funnel=direct',
]

/** Late events of rolled-up days, which become stale and are read from events again. */
const LATE = [2, 5, 8, 11, 14].map(days => ({
  name: 'page_view',
  visitor_id: 'late',
  time: Date.now() - days * DAY,
  url: 'https://localhost/late',
}))

const CATALOGUE = '/api/v1/metrics?'

type State = 'nothing rolled up' | 'rolled up' | 'some days stale'

const STATES: readonly State[] = ['nothing rolled up', 'rolled up', 'some days stale']

beforeAll(async () => {
  await post(EVENTS)
  const headers = { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' }
  const changed = await fetch(`${server.url}/api/v1/sites/localhost`, { method: 'PATCH', headers, body: SETTINGS })
  expect(changed.status).toBe(200)
})

test('every request of every page of the dashboard keeps to the limits of the free plan', async () => {
  const addresses = PAGES.flatMap(({ path }) => VIEWS.map(view => `${path}?${view}`))
  const asked = await askedBy(await open('/'), addresses)
  // The pages with panels ask at least once in each view.
  expect(asked.length).toBeGreaterThan(15)
  const limited = await startLimited()
  let most = 0
  for (const state of STATES) {
    if (state === 'rolled up') await limited.cron()
    if (state === 'some days stale') await limited.store(LATE)
    await limited.usages()
    // The catalogue of a site is computed from its whole history. While days are stale it may exceed the limit.
    const now = state === 'some days stale' ? asked.filter(({ path }) => !path.startsWith(CATALOGUE)) : asked
    for (const { path, method, body } of now)
      expect([state, path, await limited.ask(path, method, body)]).toEqual([state, path, 200])
    const usages = await limited.usages()
    expect(usages.length).toBe(now.length)
    expect(usages.filter(({ usage }) => usage.errors.length > 0)).toEqual([])
    most = Math.max(most, ...usages.map(({ usage }) => usage.statements))
  }
  // Proves that the database counts statements.
  expect(most).toBeGreaterThan(QUERIES.free / 2)
  expect(most).toBeLessThanOrEqual(QUERIES.free)
})
