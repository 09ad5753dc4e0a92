import type { Context, Handler } from 'hono'
import { cors } from 'hono/cors'
import { LIMITS } from '../../../shared/limits'
import { type Beacon, DROPPED_HEADER } from '../../../shared/wire'
import { locationOf } from '../../collect/enrich/location'
import { type FilteredBeacon, filterBeacon } from '../../collect/filter/filterBeacon'
import type { IncomingEvent } from '../../collect/parse/incomingEvent'
import { pageEntry } from '../../collect/parse/page'
import { type BeaconContext, eventsOfBeacon, parseBeacon } from '../../collect/parse/parseBeacon'
import type { HonoEnv } from '../../env'
import { isolateName } from '../../lib/isolateName'
import { Problem } from '../../lib/problem'
import type { BucketName } from '../../lib/tokenBuckets'
import type { SiteEngine } from '../../site'
import type { SiteConfig } from '../../storage/siteConfig'
import { ANYONE } from '../access'
import { parseJson, readBeaconBody } from '../body'
import { addressOf, nameOfClient } from '../client'
import { countRejected } from '../countRejected'
import { directoryOf } from '../directoryOf'
import { keepExcluded } from '../keepExcluded'
import { NOSNIFF } from '../nosniff'
import { omittedCodes } from '../omittedCodes'
import { noteLimited, overAll, overDailyBytes, takeBytes, takeRecords, wasLimited } from '../rateLimit'
import { route } from '../route'
import { siteOfBeacon } from '../siteOfBeacon'

const surroundings = (request: Request, client: number): BeaconContext => {
  const place = locationOf(request.cf as IncomingRequestCfProperties | undefined)
  return {
    now: Date.now(),
    origin: request.headers.get('origin'),
    address: addressOf(request),
    client,
    userAgent: (request.headers.get('user-agent') ?? '').slice(0, LIMITS.userAgent),
    acceptLanguage: (request.headers.get('accept-language') ?? '').slice(0, LIMITS.userAgent),
    hasGpc: request.headers.get('sec-gpc') === '1',
    place: [place.country, place.region, place.city],
  }
}

const filterRequest = (request: Request, client: number, beacon: Beacon, site: SiteConfig): FilteredBeacon => {
  const around = surroundings(request, client)
  const events = eventsOfBeacon(beacon, site, around)
  const [first] = events
  return filterBeacon(
    events,
    {
      headers: request.headers,
      userAgent: around.userAgent,
      address: around.address,
      network: (request.cf as IncomingRequestCfProperties | undefined) ?? {},
      hostname: first?.url ? pageEntry(first.url)[0] : '',
      referrer: first?.referrer ?? '',
      isGpcDropped: first?.hasGpc === true && site.settings.gpc === 'drop',
    },
    site,
  )
}

/** The problem when a client sent too many beacons. */
const tooManyOf = (c: Context<HonoEnv>, client: number): Problem | null | Promise<Problem | null> =>
  takeRecords(c, client, 1) ?? overAll(c)

/** The headers of hono's `cors`, which would make a second response: that costs more than reading a beacon. */
const OPEN_TO_ALL: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': DROPPED_HEADER,
}

/** Answers are copies of it: a copy takes a quarter of the time of a new response with headers. */
const STORED = new Response(null, { status: 204, headers: { ...OPEN_TO_ALL, [NOSNIFF.header]: NOSNIFF.value } })

const answered = (excluded: string | null): Response => {
  const response = new Response(null, STORED)
  if (excluded) response.headers.set(DROPPED_HEADER, excluded)
  return response
}

/** Finishes storing even if the client hangs up, because other beacons may share the write. */
const ingest = (c: Context<HonoEnv>, site: SiteEngine, events: readonly IncomingEvent[]): Promise<unknown> => {
  const stored = site.ingest(events, { queue: c.env.QUEUE })
  c.executionCtx.waitUntil(stored.catch(() => {}))
  return stored
}

/** Counts and names the events that are withheld, and the properties that are omitted. The rest is stored. */
const answeredWithout = async (
  c: Context<HonoEnv>,
  site: SiteEngine,
  { events, withheld }: FilteredBeacon,
): Promise<Response> => {
  const omitted = omittedCodes(events)
  if (withheld.length === 0 && omitted.length === 0) return answered(null)
  const counted = withheld.filter(({ isKept }) => !isKept)
  await countRejected(c, site, [...counted.map(({ reason }) => reason), ...omitted])
  const codes = withheld.map(({ reason, name }) => `${reason}:${name}`)
  return answered([...new Set([...codes, ...omitted])].join(', '))
}

/** Stores the events of people, and keeps what is excluded apart. */
const store = async (
  c: Context<HonoEnv>,
  site: SiteEngine,
  filtered: FilteredBeacon,
  bytes: number,
): Promise<Response> => {
  const { events, excluded, kept } = filtered
  for (const traffic of kept) await keepExcluded(c, site, traffic)
  if (excluded !== null) {
    if (kept.length === 0) await countRejected(c, site, [excluded])
    return answered(excluded)
  }
  if (events.length > 0) await ingest(c, site, events)
  await site.addBytes(bytes)
  return answeredWithout(c, site, filtered)
}

/** Counts a rejected beacon; those of a client that sends too much, once a minute. */
const note = async ({ status, code }: Problem, who: BucketName, count: (reason: string) => Promise<void>) => {
  if (status !== 429 || !wasLimited(who)) await count(code)
  if (status === 429) noteLimited(who)
}

/** Whom a 429 is for: all clients of a site that has reached its daily limit, or one client. */
const limitedBy = ({ code }: Problem, client: number, site: SiteEngine | null): BucketName =>
  code === 'daily_bytes' && site ? isolateName(site.config.secret) : client

const collect: Handler<HonoEnv> = async c => {
  const client = nameOfClient(c.req.raw)
  let tooMany: Problem | null = null
  let site: SiteEngine | null = null
  const count = (reason: string) => countRejected(c, site, [reason])
  try {
    tooMany = await tooManyOf(c, client)
    // For a client that got a 429 a moment ago, nothing is read and nothing is counted.
    if (tooMany && wasLimited(client)) throw tooMany
    const { text, bytes } = await readBeaconBody(c.req.raw, LIMITS.beaconBytes)
    tooMany ??= takeBytes(c, client, bytes)
    if (tooMany && wasLimited(client)) throw tooMany
    const beacon = parseBeacon(parseJson(text))
    site = await siteOfBeacon(directoryOf(c), beacon)
    const over = tooMany ?? takeRecords(c, client, beacon.e.length - 1) ?? overDailyBytes(c, site)
    if (over) throw over
    const filtered = filterRequest(c.req.raw, client, beacon, site.config)
    return await store(c, site, filtered, bytes)
  } catch (error) {
    for (const [name, value] of Object.entries(OPEN_TO_ALL)) c.header(name, value)
    const problem = tooMany ?? error
    if (problem instanceof Problem) await note(problem, limitedBy(problem, client, site), count)
    throw problem
  }
}

/** `POST /v1/e`: 2xx means stored, queued, or deliberately excluded, in whole or in part, for the reason in a header. */
export const beaconRoutes = [
  route('OPTIONS', '/v1/e', ANYONE, cors({ origin: '*', exposeHeaders: [DROPPED_HEADER] })),
  route('POST', '/v1/e', ANYONE, collect),
]
