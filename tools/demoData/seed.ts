import { setImmediate } from 'node:timers/promises'
import type { Server } from '../server/server.ts'
import type { DemoEvent } from './session.ts'
import type { DemoSite } from './site.ts'
import { DEMO_SITES } from './sites.ts'

const EVENTS_PER_CALL = 5_000
export const SEED = 12

type Send = (method: string, path: string, body?: unknown) => Promise<unknown>
/** Receives a line of progress. */
export type Report = (line: string) => void

const sender =
  ({ url, adminToken }: Server): Send =>
  async (method, path, body) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const answer = await response.text()
    if (!response.ok && !(method === 'DELETE' && response.status === 404))
      throw new Error(`${method} ${path} responded with ${response.status}: ${answer}`)
    return answer === '' ? null : JSON.parse(answer)
  }

const count = (number: number): string => number.toLocaleString('en')

const sendEvents = async (send: Send, domain: string, events: readonly DemoEvent[], report: Report): Promise<void> => {
  for (let from = 0; from < events.length; from += EVENTS_PER_CALL) {
    const part = events.slice(from, from + EVENTS_PER_CALL).map((event, at) => ({ id: `demo-${from + at}`, ...event }))
    const { refused } = (await send('POST', `/events?site=${domain}`, { events: part })) as { refused: unknown[] }
    if (refused.length > 0) throw new Error(`Events of ${domain} were rejected: ${JSON.stringify(refused.slice(0, 3))}`)
    report(`  ${count(from + part.length)} of ${count(events.length)} events stored`)
  }
}

const seedSite = async (send: Send, site: DemoSite, now: number, report: Report): Promise<void> => {
  const { domain, name, timezone, currency, settings, history } = site
  report(`Simulating visitors of ${name} (${domain})`)
  const { events, imports } = history(now, SEED)
  // The simulation blocks for seconds. Connections that were closed meanwhile must be noticed before the next request.
  await setImmediate()
  await send('DELETE', `/sites/${domain}`)
  await send('POST', '/sites', { domain, name, timezone, currency, settings })
  await sendEvents(send, domain, events, report)
  const kinds = Object.entries(imports)
  for (const [kind, rows] of kinds) await send('POST', `/imports/${kind}?site=${domain}`, { rows })
  report(`  ${kinds.map(([kind, rows]) => `${count(rows.length)} rows of ${kind}`).join(', ')} imported`)
}

export interface SeedOptions {
  /** Epoch milliseconds at which the simulation ends; the present by default. */
  readonly now?: number
  /** All demo sites by default. */
  readonly sites?: readonly DemoSite[]
  readonly report?: Report
}

/**
 * Replaces the demo sites with newly simulated ones, through the public API.
 * @throws with the API's answer when it rejects something
 */
export const seedDemo = async (server: Server, options: SeedOptions = {}): Promise<void> => {
  const { now = Date.now(), sites = DEMO_SITES, report = () => {} } = options
  const send = sender(server)
  for (const site of sites) await seedSite(send, site, now, report)
}
