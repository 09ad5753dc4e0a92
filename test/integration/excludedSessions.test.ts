import { exports } from 'cloudflare:workers'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type AppliedVerdicts, BEGINNING } from '../../worker/collect/verdicts/verdictCursor'
import { randomFrom } from '../oracle/random'
import { apply, call, figures, listed, rowsOf, type Sender, send } from './excludedTraffic'
import { createSite, cron, migrate, patchSite, type TestSite } from './setup'

beforeAll(migrate)

afterEach(() => {
  vi.useRealTimers()
})

const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE
const MIDNIGHT = Date.UTC(2026, 5, 11)

type SixSites = [TestSite, TestSite, TestSite, TestSite, TestSite, TestSite]
type SentRecord = Readonly<Record<string, unknown>>

/** A visit, and whether one of the two verdicts excludes it. */
interface Visit {
  readonly time: number
  readonly from: Sender
  readonly requests: readonly { readonly after: number; readonly record: SentRecord }[]
  readonly isOneRequest: boolean
  readonly isUnattended: boolean
}

/** One visitor an address, so that each visit is a session. */
const randomVisits = (seed: number, count: number): Visit[] => {
  const { below } = randomFrom(seed)
  return Array.from({ length: count }, (_, n) => {
    const i = 10 * n + 1
    const seen = [0, 400, 999, 1_000, 30_000][below(5)] ?? 0
    const clicks = below(4) === 0 ? 1 : 0
    const requests: { after: number; record: SentRecord }[] = [{ after: 0, record: { i, u: '/a' } }]
    const hasLeft = below(3) > 0
    if (hasLeft) requests.push({ after: 40 * SECOND, record: { i, u: '/a', m: seen, d: 30, c: clicks } })
    const hasSecond = below(3) === 0
    if (hasSecond) requests.push({ after: 41 * SECOND, record: { i: i + 1, u: '/b' } })
    const hasEvent = below(5) === 0
    if (hasEvent) requests.push({ after: 42 * SECOND, record: { i: i + 2, u: '/a', k: 'search', o: {} } })
    const isUnattended = !hasEvent && !(hasLeft && (seen >= 1_000 || clicks > 0))
    return {
      time: below(2 * 24 * 60) * MINUTE,
      from: { address: `192.0.${n >> 8}.${n & 255}` },
      requests,
      isUnattended,
      isOneRequest: isUnattended && !hasLeft && !hasSecond,
    }
  }).sort((one, other) => one.time - other.time)
}

interface Telling {
  readonly site: TestSite
  readonly isTold: (visit: Visit) => boolean
}

/** Sends visits to sites at their times; the cron runs an hour after each midnight. */
const tell = async (visits: readonly Visit[], tellings: readonly Telling[]): Promise<void> => {
  const steps = visits.flatMap(visit =>
    visit.requests.map(({ after, record }) => ({ time: visit.time + after, visit, record })),
  )
  steps.sort((one, other) => one.time - other.time)
  let day = 0
  for (const { time, visit, record } of steps) {
    for (; day < Math.floor(time / DAY); day++) {
      vi.setSystemTime(MIDNIGHT + (day + 1) * DAY + 60 * MINUTE)
      await cron()
    }
    vi.setSystemTime(MIDNIGHT + time)
    for (const { site, isTold } of tellings)
      if (isTold(visit)) await send(site, visit.from, { ...record, u: `https://${site.domain}${record.u}` })
  }
  vi.setSystemTime(MIDNIGHT + 3 * DAY)
  for (const { site } of tellings) await send(site, {}, { i: 1, k: 'search', o: {}, u: `https://${site.domain}/` })
  vi.setSystemTime(MIDNIGHT + 3 * DAY + 60 * MINUTE)
  await cron()
}

const exclude = (site: TestSite, ...excluded_verdicts: string[]) => patchSite(site, { settings: { excluded_verdicts } })

test('sessions with no interaction are excluded once their day is over, and can be counted again', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: MIDNIGHT })
  const visits = randomVisits(1, 50)
  const sites = await Promise.all(Array.from({ length: 6 }, () => createSite()))
  const [one, none, all, later, withoutOne, withoutNone] = sites as SixSites
  await exclude(one, 'one_request')
  await exclude(none, 'no_interaction')
  const isTold = () => true
  await tell(visits, [
    { site: one, isTold },
    { site: none, isTold },
    { site: all, isTold },
    { site: later, isTold },
    { site: withoutOne, isTold: visit => !visit.isOneRequest },
    { site: withoutNone, isTold: visit => !visit.isUnattended },
  ])
  expect(await figures(one)).toEqual(await figures(withoutOne))
  expect(await figures(none)).toEqual(await figures(withoutNone))
  expect(await figures(one)).not.toEqual(await figures(none))
  expect(await figures(one)).not.toEqual(await figures(all))

  // To the past, and back.
  await exclude(later, 'no_interaction')
  const [, excluded] = await apply(later)
  expect(await figures(later)).toEqual(await figures(withoutNone))
  await exclude(later)
  expect(await apply(later)).toEqual([excluded, 0])
  await exclude(one)
  await apply(one)
  for (const site of [later, one]) {
    expect(await figures(site)).toEqual(await figures(all))
    await cron()
    expect(await figures(site)).toEqual(await figures(all))
  }
})

test('a session is listed with its verdicts', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: MIDNIGHT })
  const site = await createSite()
  await exclude(site, 'one_request', 'no_interaction')
  await send(site, {}, { i: 1, u: `https://${site.domain}/prices` })
  await send(site, { address: '192.0.2.2' }, { i: 2, m: 300, d: 20, c: 0 })
  vi.setSystemTime(MIDNIGHT + 2 * DAY)
  // The watermark passes the end of the day with the next event.
  await send(site, {}, { i: 3, k: 'search', o: {} })
  expect(await figures(site)).toMatchObject({ pageviews: 2 })
  vi.setSystemTime(MIDNIGHT + 2 * DAY + 60 * MINUTE)
  await cron()
  expect(await figures(site)).toMatchObject({ pageviews: 0, events: 1 })
  const kept = { network: '', agent: 'Firefox', requests: 1, kept: 1, counted: false }
  expect(await listed(site)).toEqual([
    { ...kept, page: '/', verdicts: ['no_interaction'] },
    { ...kept, page: '/prices', verdicts: ['one_request', 'no_interaction'] },
  ])
})

test('by default, and for what a server sends, sessions count whatever they do', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: MIDNIGHT })
  const [site, server] = [await createSite(), await createSite()]
  await exclude(server, 'one_request', 'no_interaction')
  await send(site, {}, { i: 1 })
  for (const id of [undefined, 'a1']) {
    const event = { id, name: 'page_view', visitor_id: 'v', url: `https://${server.domain}/`, time: MIDNIGHT }
    const response = await exports.default.fetch(`https://stats.example/api/v1/events?site=${server.domain}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.write}` },
      body: JSON.stringify({ events: [event] }),
    })
    expect(await response.json()).toMatchObject({ accepted: 1 })
  }
  vi.setSystemTime(MIDNIGHT + 2 * DAY)
  for (const one of [site, server]) await send(one, {}, { i: 3, k: 'search', o: {} })
  vi.setSystemTime(MIDNIGHT + 2 * DAY + 60 * MINUTE)
  await cron()
  expect(await figures(site)).toMatchObject({ pageviews: 1 })
  expect(await figures(server)).toMatchObject({ pageviews: 2 })
  expect(await rowsOf(server, 'excluded_traffic')).toEqual([])
})

test('sessions that stay counted take no step', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: MIDNIGHT })
  const site = await createSite()
  await exclude(site, 'one_request')
  for (let i = 0; i < 310; i++) await send(site, { address: `192.0.${i >> 8}.${i & 255}` }, { i, m: 300, d: 20, c: 0 })
  vi.setSystemTime(MIDNIGHT + 2 * DAY)
  await send(site, {}, { i: 1_000, k: 'search', o: {} })
  vi.setSystemTime(MIDNIGHT + 2 * DAY + 60 * MINUTE)
  await cron()
  const cursor = { step: 'sessions', after: BEGINNING }
  expect(await call<AppliedVerdicts>(site, 'POST', 'excluded/apply', { cursor })).toMatchObject({ next: null })
  expect(await figures(site)).toMatchObject({ pageviews: 310 })
})
