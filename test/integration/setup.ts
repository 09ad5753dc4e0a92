import { applyD1Migrations, createScheduledController } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { LIMITS } from '../../shared/limits'
import type { Answer, Question } from '../../shared/question'
import worker from '../../worker/index'
import { destroySalts } from '../../worker/privacy/salts'
import { settle as settleSite } from '../../worker/sessions/settle'
import { d1 } from '../../worker/storage/d1'
import { listSites } from '../../worker/storage/sites'
import { runAlarms } from './runAlarms'
import { databaseOf } from './store'

const ORIGIN = 'https://stats.example'
let sites = 0

/** Migrates the database of this file's tests. */
export const migrate = () => applyD1Migrations(env.DB, [...env.TEST_MIGRATIONS])

/** A site with a key to write to it and a key to read it. */
export interface TestSite {
  readonly domain: string
  readonly write: string
  readonly read: string
}

interface Remark {
  readonly index: number
  readonly code: string
  readonly message: string
}

export interface Posted {
  readonly accepted: number
  readonly duplicates: number
  readonly refused: readonly Remark[]
  readonly warnings?: readonly Remark[]
}

const send = async <T>(path: string, token: string, body: string, type = 'application/json'): Promise<T> => {
  const response = await exports.default.fetch(`${ORIGIN}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': type },
    body,
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${text}\nto ${body.slice(0, 2_000)}`)
  return JSON.parse(text) as T
}

const admin = <T>(path: string, body: unknown) => send<T>(path, env.ADMIN_TOKEN, JSON.stringify(body))

const newKey = async (domain: string, scope: 'read' | 'write') =>
  (await admin<{ key: string }>(`/api/v1/sites/${domain}/keys`, { name: scope, scope })).key

/**
 * Adds a site that no other test uses.
 * @param body fields of `POST /api/v1/sites` beside the domain.
 */
export const createSite = async (body: Readonly<Record<string, unknown>> = {}): Promise<TestSite> => {
  sites += 1
  const domain = `s${sites}.example`
  await admin('/api/v1/sites', { ...body, domain })
  return { domain, write: await newKey(domain, 'write'), read: await newKey(domain, 'read') }
}

/** Changes the settings of a site. */
export const patchSite = async ({ domain }: TestSite, body: unknown): Promise<void> => {
  const response = await exports.default.fetch(`${ORIGIN}/api/v1/sites/${domain}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${env.ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`PATCH ${domain} answered ${response.status}: ${await response.text()}`)
}

/** Deletes a site with its data, so that the cron of later tests has no work with it. */
export const deleteSite = async ({ domain }: TestSite): Promise<void> => {
  const headers = { authorization: `Bearer ${env.ADMIN_TOKEN}` }
  const response = await exports.default.fetch(`${ORIGIN}/api/v1/sites/${domain}`, { method: 'DELETE', headers })
  if (!response.ok) throw new Error(`DELETE ${domain} answered ${response.status}: ${await response.text()}`)
}

/** Posts events to `POST /api/v1/events`, as one JSON body or one event per line. */
export const post = (
  { domain, write }: TestSite,
  events: readonly unknown[],
  format: 'json' | 'ndjson' = 'json',
): Promise<Posted> =>
  format === 'json'
    ? send(`/api/v1/events?site=${domain}`, write, JSON.stringify({ events }))
    : send(
        `/api/v1/events?site=${domain}`,
        write,
        events.map(event => JSON.stringify(event)).join('\n'),
        'application/x-ndjson',
      )

/** The number of queries of each site, and the current key. */
const asked = new Map<string, { calls: number; key: string }>()

/** A key to read a site. Tests exceed the calls per minute of one key: after half of them the next key takes over. */
export const keyToRead = async ({ domain, read }: TestSite): Promise<string> => {
  const { calls, key } = asked.get(read) ?? { calls: 0, key: read }
  const isUsed = calls > 0 && calls % (LIMITS.callsPerMinute / 2) === 0
  const next = isUsed ? await newKey(domain, 'read') : key
  asked.set(read, { calls: calls + 1, key: next })
  return next
}

/** Queries `POST /api/v1/query`. */
export const query = async (site: TestSite, question: Omit<Question, 'site'>): Promise<Answer> =>
  send('/api/v1/query', await keyToRead(site), JSON.stringify({ site: site.domain, ...question }))

/** Runs the cron at the current time of the clock, without rollups. */
export const settle = async (): Promise<void> => {
  for (const site of await listSites(d1(env.DB))) {
    const db = d1(databaseOf(site))
    await destroySalts(db, Date.now())
    await settleSite(db, site.id, Date.now())
  }
}

/** Runs the whole cron, and the alarms of all objects, at the current time of the clock. */
export const cron = async (): Promise<void> => {
  const controller = createScheduledController({ scheduledTime: Date.now(), cron: '*/5 * * * *' })
  await worker.scheduled(controller, env)
  await runAlarms()
}
