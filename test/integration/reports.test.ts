import { env, exports } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { runCron } from '../../worker/cron'
import { openDirectory } from '../../worker/directory'
import { sendAlarms } from '../../worker/reports/alarms/sendAlarms'
import { buildReport } from '../../worker/reports/buildReport'
import { deliver } from '../../worker/reports/delivery/deliver'
import { sendReports } from '../../worker/reports/sendReports'
import type { Site } from '../../worker/site'
import { budgetOf, UNLIMITED } from '../../worker/storage/statementBudget'
import { clockByHand } from './clockByHand'
import { faultyDatabase } from './faultyDatabase'
import { limitedDatabase } from './limitedDatabase'
import { createSite, deleteSite, patchSite, post, type TestSite } from './setup'
import { sink } from './sink'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** A Monday, 00:00 in Stockholm. */
const MONDAY = Date.UTC(2026, 2, 15, 23)
const SINK = 'https://sink.footfall.dev/a1b2'
const WEBHOOK = { kind: 'webhook', to: SINK, every: 'week' }
const SLACK = { kind: 'slack', to: 'https://hooks.slack.com/services/T0/B0/xyz', every: 'week' }
const EMAIL = { kind: 'email', to: 'ann@footfall.dev', every: 'week' }

clockByHand(MONDAY - 20 * DAY)

const page = (id: string) => ({ id, name: 'page_view', visitor_id: id, url: 'https://shop.example/<b>&"x' })

/** Two weeks of visits, twice as many in the second, by a channel with a name that is markup. */
const visits = () =>
  Array.from({ length: 14 }, (_, day) =>
    Array.from({ length: day < 7 ? 10 : 20 }, (_, n) => ({
      ...page(`${day}-${n}`),
      time: MONDAY - (14 - day) * DAY + 9 * HOUR + n * 60_000,
      ...(n === 0 && { name: 'purchase', transaction_id: `T${day}`, value: 40 }),
    })),
  ).flat()

const siteWith = async (settings: object): Promise<TestSite> => {
  vi.setSystemTime(MONDAY - HOUR)
  const site = await createSite({ name: '<i>Shop</i> & Co', timezone: 'Europe/Stockholm', currency: 'EUR', settings })
  await post(site, visits())
  vi.setSystemTime(MONDAY + HOUR - 1)
  // The next visit, after which Sunday is settled and rolled up.
  await post(site, [{ ...page('next'), time: MONDAY + HOUR / 2 }])
  return site
}

const cronAt = async (time: number, outlets: Parameters<typeof runCron>[3], DB = env.DB): Promise<void> => {
  vi.setSystemTime(time)
  await runCron(openDirectory({ DB }), time, UNLIMITED, outlets)
}

const get = (path: string, key: string = env.ADMIN_TOKEN) =>
  exports.default.fetch(`https://stats.example${path}`, { headers: { authorization: `Bearer ${key}` } })

const lastOf = async ({ domain }: TestSite) =>
  (await (await get(`/api/v1/sites/${domain}/deliveries`)).json<{ reports: { last: unknown }[] }>()).reports.map(
    ({ last }) => last,
  )

test('a preview has the figures, what moved and what cannot be said, in every format', async () => {
  const site = await siteWith({})
  vi.setSystemTime(MONDAY + 2 * HOUR)
  const preview = async (format: string) =>
    (await get(`/reports/preview?site=${site.domain}&every=week&format=${format}`, site.read)).text()
  const report = JSON.parse(await preview('json'))
  expect(report).toMatchObject({
    period: { from: '2026-03-09', to: '2026-03-15' },
    compared: { from: '2026-03-02', to: '2026-03-08' },
    silent: [],
  })
  const [visitors] = report.figures
  expect(visitors).toMatchObject({ metric: 'visitors', value: { value: 140, previous: 70, change: { verdict: 'up' } } })
  expect(report.moved.changes).toContainEqual(expect.objectContaining({ metric: 'visitors', verdict: 'up' }))
  expect(report.undecided).toContainEqual(expect.objectContaining({ metric: 'conversion_rate', what: 'change' }))
  const text = await preview('text')
  expect(text).toContain('Visitors: 140\n    95% interval')
  expect(text).toContain('Clearly up: +100%, was 70')
  const html = await preview('html')
  expect(html).toContain('&lt;i&gt;Shop&lt;/i&gt; &amp; Co')
  expect(html).toContain('/%3Cb%3E&amp;%22x')
  expect(html).not.toMatch(/<(?:script|img|link|i|b)\b/)
  const slack = await preview('slack')
  // No address becomes a link.
  expect(slack.split('"mrkdwn"').length).toBe(slack.split('"verbatim":true').length)
  const { blocks } = JSON.parse(slack)
  expect(blocks.every(({ text: given }: { text?: { text: string } }) => (given?.text.length ?? 0) <= 3_000)).toBe(true)
  expect((await get(`/reports/preview?site=${site.domain}&every=day`)).status).toBe(400)
  await deleteSite(site)
})

test('a report takes few statements and rows', async () => {
  const site = await siteWith({})
  await cronAt(MONDAY + 2 * HOUR, undefined)
  const { db, usage } = limitedDatabase(env.DB)
  const engine = await openDirectory({ DB: db }).find(site.domain)
  await buildReport(engine as NonNullable<typeof engine>, 'week', Date.now())
  expect(usage.statements).toBeLessThanOrEqual(25)
  await deleteSite(site)
})

test('a report is sent once to each recipient, after the week and never twice', async () => {
  const site = await siteWith({ reports: [WEBHOOK, SLACK, EMAIL] })
  const { arrived, outlets } = sink()
  // The first run rolls up Sunday.
  await cronAt(MONDAY + HOUR - 1, outlets)
  expect(arrived).toEqual([])
  await cronAt(MONDAY + HOUR, outlets)
  await Promise.all([cronAt(MONDAY + HOUR, outlets), cronAt(MONDAY + HOUR, outlets)])
  expect(arrived.map(({ url }) => url)).toEqual([WEBHOOK.to, SLACK.to])
  expect(JSON.parse(arrived[0]?.body ?? '')).toMatchObject({ period: { from: '2026-03-09' } })
  const sent = { period: '2026-03-09', state: 'sent', tries: 1, problem: null }
  const failed = { state: 'failed', problem: expect.stringContaining('binding EMAIL') }
  expect(await lastOf(site)).toMatchObject([sent, sent, failed])
  await deleteSite(site)
})

/** Runs what sends, and counts its statements. */
const statementsAt = async (site: TestSite, time: number): Promise<number> => {
  vi.setSystemTime(time)
  const { db, usage } = limitedDatabase(env.DB)
  const engine = (await openDirectory({ DB: db }).find(site.domain)) as Site
  const before = usage.statements
  const { outlets } = sink()
  await sendAlarms(engine, outlets, time, UNLIMITED)
  await sendReports(engine, outlets, time, UNLIMITED)
  return usage.statements - before
}

test('nothing to send costs nothing, and a report that was sent one statement', async () => {
  const plain = await siteWith({})
  expect(await statementsAt(plain, MONDAY + 7 * HOUR)).toBe(0)
  const site = await siteWith({ reports: [WEBHOOK], alarms: { kind: 'webhook', to: SINK } })
  const counts: number[] = []
  for (const time of [MONDAY + 7 * HOUR, MONDAY + 8 * HOUR, MONDAY + 4 * DAY])
    counts.push(await statementsAt(site, time))
  expect(counts[0]).toBeGreaterThan(10)
  expect(counts.slice(1)).toEqual([1, 0])
  await deleteSite(plain)
  await deleteSite(site)
})

test('an alarm that fails takes no report along', async () => {
  const site = await siteWith({ reports: [WEBHOOK], alarms: { kind: 'webhook', to: SINK, tracking_silent: true } })
  await cronAt(MONDAY + HOUR - 1, undefined)
  const { arrived, outlets } = sink()
  const broken = new Proxy(env.DB, {
    get: (db, name) =>
      name === 'prepare'
        ? (sql: string) => db.prepare(sql.includes('from alarms') ? 'select nothing' : sql)
        : Reflect.get(db, name).bind(db),
  })
  await cronAt(MONDAY + HOUR, outlets, broken)
  expect(arrived.map(({ id }) => id)).toEqual(['report/week/2026-03-09'])
  await deleteSite(site)
})

test('a new recipient gets no report that is late', async () => {
  const site = await siteWith({})
  await patchSite(site, { settings: { reports: [WEBHOOK] } })
  const { arrived, outlets } = sink()
  await cronAt(MONDAY + 4 * DAY, outlets)
  expect([arrived, await lastOf(site)]).toEqual([[], [null]])
  await deleteSite(site)
})

test('a failed delivery is tried again, ever later and five times in all', async () => {
  const site = await siteWith({ reports: [WEBHOOK] })
  const { arrived, outlets } = sink(() => 500)
  for (const hours of [0.99, 1, 1.1, 1.5, 1.6, 3, 5, 8, 12]) await cronAt(MONDAY + hours * HOUR, outlets)
  expect(arrived.map(({ id }) => id)).toEqual(Array.from({ length: 5 }, () => 'report/week/2026-03-09'))
  expect(await lastOf(site)).toMatchObject([
    { state: 'failed', tries: 5, problem: 'The address answered with status 500.' },
  ])
  await deleteSite(site)
})

test('a run that is cut off before it knows the outcome repeats only what can be told apart', async () => {
  for (const [report, deliveries] of [
    [SLACK, 1],
    [WEBHOOK, 2],
  ] as const) {
    const site = await siteWith({ reports: [report] })
    await cronAt(MONDAY + HOUR - 1, undefined)
    const counted = faultyDatabase(env.DB, null)
    const { arrived, outlets } = sink()
    // The claim is the last statement before the message leaves, and its outcome is never recorded.
    const cut = {
      ...outlets,
      fetch: (async (...args) => {
        await outlets.fetch(...args)
        return new Promise(() => {})
      }) as typeof fetch,
    }
    vi.setSystemTime(MONDAY + HOUR)
    void runCron(openDirectory({ DB: counted.db }), Date.now(), UNLIMITED, cut)
    await vi.waitFor(() => expect(arrived).toHaveLength(1), { timeout: 60_000 })
    await cronAt(MONDAY + HOUR + 60_000, outlets)
    expect(arrived).toHaveLength(1)
    await cronAt(MONDAY + 3 * HOUR, outlets)
    expect(arrived).toHaveLength(deliveries)
    expect(new Set(arrived.map(({ id }) => id)).size).toBe(1)
    await deleteSite(site)
  }
})

test('the free plan has room for a report', async () => {
  const site = await siteWith({ reports: [WEBHOOK] })
  const { arrived, outlets } = sink()
  for (let time = MONDAY + HOUR; arrived.length === 0 && time < MONDAY + 4 * HOUR; time += 5 * 60_000) {
    vi.setSystemTime(time)
    const { db, usage } = limitedDatabase(env.DB, { statements: 50 })
    const budget = budgetOf('free')
    await runCron(openDirectory({ DB: db }, budget), time, budget, outlets)
    expect(usage.errors).toEqual([])
  }
  expect(arrived).toHaveLength(1)
  await deleteSite(site)
})

test('email goes out with text and HTML; a redirect is a failure', async () => {
  const sent: unknown[] = []
  const binding = { send: async (message: unknown) => void sent.push(message) } as unknown as SendEmail
  const message = { id: 'x', title: 'T', text: 'text', html: '<p>', slack: {}, json: {} }
  const { outlets } = sink(() => 302)
  await deliver({ kind: 'email', to: EMAIL.to }, message, { ...outlets, email: { binding, from: 'f@footfall.dev' } })
  expect(sent).toEqual([
    { from: { email: 'f@footfall.dev', name: 'Footfall' }, to: EMAIL.to, subject: 'T', text: 'text', html: '<p>' },
  ])
  await expect(deliver({ kind: 'webhook', to: SINK }, message, outlets)).rejects.toThrow('status 302')
})

test.each([
  [{ kind: 'webhook', to: 'http://shop.dev/x', every: 'week' }, 'https://'],
  [{ kind: 'webhook', to: 'https://127.0.0.1/x', every: 'week' }, 'public host'],
  [{ kind: 'webhook', to: 'https://2130706433/x', every: 'week' }, 'public host'],
  [{ kind: 'webhook', to: 'https://[::1]/x', every: 'week' }, 'public host'],
  [{ kind: 'webhook', to: 'https://metadata.google.internal/', every: 'week' }, 'public host'],
  [{ kind: 'webhook', to: 'https://localhost./x', every: 'week' }, 'public host'],
  [{ kind: 'webhook', to: 'https://a:b@shop.dev/x', every: 'week' }, 'https://'],
  [{ kind: 'webhook', to: 'https://shop.dev:8443/x', every: 'week' }, 'public host'],
  [{ kind: 'slack', to: 'https://hooks.slack.com.evil.dev/x', every: 'week' }, 'incoming webhook of Slack'],
  [{ kind: 'email', to: 'ann@shop.dev\r\nBcc: eve@shop.dev', every: 'week' }, 'email address'],
  [{ kind: 'email', to: 'Ann <ann@shop.dev>', every: 'week' }, 'email address'],
  [{ kind: 'email', to: 'ann@shop.dev', every: 'day' }, 'week, month'],
  [{ kind: 'fax', to: 'ann@shop.dev', every: 'week' }, 'email, slack, webhook'],
  [{ ...EMAIL, cc: 'x' }, 'unknown field'],
])('the report %j is rejected', async (report, message) => {
  const response = await exports.default.fetch('https://stats.example/api/v1/sites', {
    method: 'POST',
    headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
    body: JSON.stringify({ domain: 'reports.example', settings: { reports: [report] } }),
  })
  const { error } = await response.json<{ error: { code: string; message: string } }>()
  expect([response.status, error.code, error.message]).toEqual([400, 'bad_settings', expect.stringContaining(message)])
})
