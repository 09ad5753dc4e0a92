import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { runCron } from '../../worker/cron'
import { openDirectory } from '../../worker/directory'
import { sendAlarms } from '../../worker/reports/alarms/sendAlarms'
import type { Outlets } from '../../worker/reports/delivery/outlets'
import type { Site } from '../../worker/site'
import { UNLIMITED } from '../../worker/storage/statementBudget'
import { clockByHand } from './clockByHand'
import { limitedDatabase } from './limitedDatabase'
import { createSite, deleteSite, post, type TestSite } from './setup'
import { sink } from './sink'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** A Monday, 00:00 in Stockholm. */
const MONDAY = Date.UTC(2026, 2, 15, 23)
const TO = { kind: 'webhook', to: 'https://sink.footfall.dev/a1b2' }

clockByHand(MONDAY - 60 * DAY)

const page = (id: string) => ({ id, name: 'page_view', visitor_id: id, url: 'https://shop.example/' })

const alarmedSite = (alarms: object, settings: object = {}): Promise<TestSite> =>
  createSite({ timezone: 'Europe/Stockholm', settings: { ...settings, alarms: { ...TO, ...alarms } } })

/** Does what the cron does for the alarms of a site, and returns how many statements it took. */
const look = async ({ domain }: TestSite, time: number, outlets: Outlets): Promise<number> => {
  vi.setSystemTime(time)
  const { db, usage } = limitedDatabase(env.DB)
  const engine = (await openDirectory({ DB: db }).find(domain)) as Site
  await engine.settle(time)
  const before = usage.statements
  await sendAlarms(engine, outlets, time, UNLIMITED)
  return usage.statements - before
}

/** A page view every half a minute. */
const hourOf = (from: number) =>
  Array.from({ length: 100 }, (_, n) => ({ ...page(`${from}-${n}`), time: from + n * 30_000 }))

/** Two hours of Monday morning in each of six weeks before. */
const sixWeeks = async (site: TestSite): Promise<void> => {
  vi.setSystemTime(MONDAY)
  for (let week = 1; week <= 6; week++)
    await post(
      site,
      [8, 9].flatMap(at => hourOf(MONDAY - week * 7 * DAY + at * HOUR)),
    )
}

const postUntil = (site: TestSite, end: number) =>
  post(
    site,
    hourOf(MONDAY + 9 * HOUR).filter(({ time }) => time < end),
  )

test('tracking that falls silent is told once, and once that it is back', async () => {
  const site = await alarmedSite({ tracking_silent: true })
  await sixWeeks(site)
  const { titles, outlets } = sink()
  await look(site, MONDAY + 9.1 * HOUR, outlets)
  expect(titles()).toEqual([])
  await look(site, MONDAY + 9.2 * HOUR, outlets)
  await look(site, MONDAY + 9.3 * HOUR, outlets)
  expect(titles()).toEqual([`Tracking went silent: ${site.domain}`])
  await postUntil(site, MONDAY + 9.3 * HOUR)
  await look(site, MONDAY + 10.2 * HOUR, outlets)
  await look(site, MONDAY + 10.5 * HOUR, outlets)
  expect(titles()).toEqual([`Tracking went silent: ${site.domain}`, `Tracking is back: ${site.domain}`])
  await deleteSite(site)
})

test('a message of an alarm that fails is tried again, the one that it is over too', async () => {
  const site = await alarmedSite({ tracking_silent: true })
  await sixWeeks(site)
  let status = 500
  const { arrived, titles, outlets } = sink(() => status)
  const [silent, back] = [`Tracking went silent: ${site.domain}`, `Tracking is back: ${site.domain}`]
  await look(site, MONDAY + 9.2 * HOUR, outlets)
  await look(site, MONDAY + 9.3 * HOUR, outlets)
  status = 200
  await look(site, MONDAY + 9.6 * HOUR, outlets)
  await look(site, MONDAY + 9.7 * HOUR, outlets)
  expect(titles()).toEqual([silent, silent])
  await postUntil(site, MONDAY + 9.7 * HOUR)
  status = 500
  await look(site, MONDAY + 10.2 * HOUR, outlets)
  await look(site, MONDAY + 10.3 * HOUR, outlets)
  expect(titles().slice(2)).toEqual([back])
  status = 200
  await look(site, MONDAY + 10.6 * HOUR, outlets)
  await look(site, MONDAY + 10.7 * HOUR, outlets)
  expect(titles().slice(2)).toEqual([back, back])
  expect(new Set(arrived.map(({ id }) => id)).size).toBe(2)
  await deleteSite(site)
})

test('a rising use of the daily limit is told once, days before', async () => {
  const start = Date.UTC(2026, 1, 2)
  vi.setSystemTime(start)
  const site = await alarmedSite({ quota: true }, { daily_bytes: 500_000_000 })
  const { arrived, titles, outlets } = sink()
  for (let day = 0; day <= 17; day++) {
    vi.setSystemTime(start + day * DAY + 10 * HOUR)
    await (await openDirectory({ DB: env.DB }).find(site.domain))?.addBytes((150 + 15 * day) * 1_000_000)
    await look(site, start + day * DAY + 12 * HOUR, outlets)
    expect(titles()).toHaveLength(day < 14 ? 0 : 1)
  }
  expect(titles()).toEqual([`Daily limit in sight: ${site.domain}`])
  expect(arrived[0]?.body).toContain(
    'it will reach the site’s daily limit of 500 MB for data from browsers in about 10 days.',
  )
  await deleteSite(site)
})

test('a database whose rows of the day are used up says so once', async () => {
  const midnight = Date.UTC(2026, 3, 2)
  vi.setSystemTime(midnight - 8 * HOUR)
  const site = await alarmedSite({ quota: true })
  const { titles, outlets } = sink()
  const cronAt = async (time: number): Promise<void> => {
    vi.setSystemTime(time)
    await runCron(openDirectory({ DB: env.DB }), time, UNLIMITED, { ...outlets, PLAN: 'free' })
  }
  await cronAt(midnight - 6 * HOUR)
  expect(titles()).toEqual([])
  for (const minutes of [1, 6, 70, 130]) await cronAt(midnight + minutes * 60_000)
  expect(titles()).toEqual([`Database quota used up: ${site.domain}`])
  await deleteSite(site)
})

const GOALS = [{ id: 'demo', name: 'Demo <b>', event: 'demo_requested' }]

/** Visits of one week; the first of them sign up, and the first of those ask for a demo. */
const weekOf = (weeksBefore: number, signUps: number, demos: number) =>
  Array.from({ length: 200 }, (_, n) => {
    const visit = { ...page(`${weeksBefore}-${n}`), time: MONDAY - weeksBefore * 7 * DAY + n * 40 * 60_000 }
    const more = (name: string) => ({ ...visit, id: `${visit.id}-${name}`, name, time: visit.time + 1_000 })
    return [visit, ...(n < signUps ? [more('sign_up')] : []), ...(n < demos ? [more('demo_requested')] : [])]
  }).flat()

test('a clear change of a goal is told once, and one by chance is not', async () => {
  vi.setSystemTime(MONDAY - 30 * DAY)
  const site = await alarmedSite({ changed: true, false_alarms: 'year' }, { goals: GOALS })
  vi.setSystemTime(MONDAY + HOUR / 2)
  await post(site, [...weekOf(2, 60, 80), ...weekOf(1, 62, 30), { ...page('next'), time: MONDAY + HOUR / 4 }])
  const { arrived, titles, outlets } = sink()
  await look(site, MONDAY + 0.9 * HOUR, outlets)
  expect(titles()).toEqual([])
  // The free plan has room for it.
  expect(await look(site, MONDAY + 6.1 * HOUR, outlets)).toBeLessThanOrEqual(36)
  for (const hours of [6.2, 40]) expect(await look(site, MONDAY + hours * HOUR, outlets)).toBe(1)
  expect(titles()).toEqual([`Goal “Demo <b>” clearly down: ${site.domain}`])
  expect(JSON.parse(arrived[0]?.body ?? '').text).toBe(
    'Goal “Demo <b>”: clearly down, from 80 to 30 (−62.5%)\nMar 9 – 15, 2026, compared with the week before.',
  )
  await deleteSite(site)
})
