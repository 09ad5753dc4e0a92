import { EMPTY_SETTINGS, type SiteSettings } from '../../../shared/settings.ts'
import type { Server } from '../server.ts'
import { Dice } from './dice.ts'
import { monthOf } from './month.ts'
import type { DemoEvent } from './visit.ts'
import { CURRENCY, DOMAIN, FEATURES, TIMEZONE } from './world.ts'

const MOST_EVENTS = 2_500
/** How old a page view that a browser sends may be, less an hour, milliseconds. */
const FRESH = 23 * 3_600_000

const SETTINGS: SiteSettings = {
  ...EMPTY_SETTINGS,
  conversions: [{ event: 'chat_opened' }],
  value_event: { event: 'project_created' },
  product_qualified: [
    { event: 'project_created', times: 2 },
    { feature: 'export', times: 1 },
  ],
  features: FEATURES.map(feature => ({ name: feature, feature })),
}

type Send = (method: string, path: string, body?: unknown) => Promise<unknown>

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
      throw new Error(`${method} ${path} answered ${response.status}: ${answer}`)
    return answer === '' ? null : JSON.parse(answer)
  }

/** A page view of the last day as the snippet tells it: only a browser knows of clicks and of scrolling. */
const sendBeacon = async ({ url }: Server, { time, visitor_id, user_agent, ...event }: DemoEvent, dice: Dice) => {
  const view = {
    i: dice.whole(0, 2 ** 31 - 1),
    t: time,
    u: event.url,
    m: Number(event.engaged_seconds) * 1000,
    d: dice.whole(20, 100),
    c: dice.whole(0, 3),
  }
  const response = await fetch(`${url}/v1/e`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', 'user-agent': String(user_agent) },
    body: JSON.stringify({ v: 1, s: DOMAIN, n: Date.now(), p: visitor_id, e: [view] }),
  })
  if (response.status !== 204) throw new Error(`A page view was answered ${response.status}: ${await response.text()}`)
}

/** The page view that begins a visit also says where somebody is, which a local collector does not know. */
const isForBeacon = (event: DemoEvent, now: number): boolean =>
  event.name === 'page_view' &&
  event.time > now - FRESH &&
  event.visitor_id !== undefined &&
  event.referrer === undefined

const sendEvents = async (send: Send, events: readonly DemoEvent[]): Promise<void> => {
  for (let from = 0; from < events.length; from += MOST_EVENTS) {
    const part = events.slice(from, from + MOST_EVENTS).map((event, at) => ({ id: `demo-${from + at}`, ...event }))
    const { refused } = (await send('POST', `/events?site=${DOMAIN}`, { events: part })) as { refused: unknown[] }
    if (refused.length > 0) throw new Error(`Events of the demo were refused: ${JSON.stringify(refused.slice(0, 3))}`)
  }
}

/**
 * Makes the demo's site anew, with two months of a small shop up to now, through the API as anybody would.
 * @throws what the API refused
 */
export const seedDemo = async (server: Server, now = Date.now()): Promise<void> => {
  const send = sender(server)
  await send('DELETE', `/sites/${DOMAIN}`)
  const about = { domain: DOMAIN, name: 'Trail & Tin', timezone: TIMEZONE, currency: CURRENCY, settings: SETTINGS }
  await send('POST', '/sites', about)
  const { events, imports } = monthOf(now)
  await sendEvents(
    send,
    events.filter(event => !isForBeacon(event, now)),
  )
  const dice = new Dice(1)
  for (const event of events.filter(event => isForBeacon(event, now))) await sendBeacon(server, event, dice)
  for (const [kind, rows] of Object.entries(imports)) await send('POST', `/imports/${kind}?site=${DOMAIN}`, { rows })
  await server.runCron()
}
