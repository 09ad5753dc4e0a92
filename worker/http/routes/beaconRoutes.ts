import type { Context, Handler } from 'hono'
import { cors } from 'hono/cors'
import { LIMITS } from '../../../shared/limits'
import { type Beacon, DROPPED_HEADER } from '../../../shared/wire'
import { locationOf } from '../../collect/enrich/location'
import { exclusionReason, isServerOnly, SERVER_ONLY } from '../../collect/filter/exclusionReason'
import type { IncomingEvent } from '../../collect/parse/incomingEvent'
import { pageTexts } from '../../collect/parse/page'
import { type BeaconContext, eventsOfBeacon, parseBeacon } from '../../collect/parse/parseBeacon'
import type { HonoEnv } from '../../env'
import { isolateName } from '../../lib/isolateName'
import { Problem } from '../../lib/problem'
import type { BucketName } from '../../lib/tokenBuckets'
import type { SiteEngine } from '../../site'
import type { SiteConfig } from '../../storage/siteConfig'
import { ANYONE } from '../access'
import { unknownSite } from '../auth'
import { parseJson, readBeaconBody } from '../body'
import { addressOf, nameOfClient } from '../client'
import { countRejected } from '../countRejected'
import { directoryOf } from '../directoryOf'
import { noteTold, overAll, overDailyBytes, takeBytes, takeRecords, wasTold } from '../rateLimit'
import { route } from '../route'

const surroundings = (request: Request, client: number): BeaconContext => {
  const place = locationOf(request.cf as IncomingRequestCfProperties | undefined)
  return {
    now: Date.now(),
    origin: request.headers.get('origin'),
    address: addressOf(request),
    client,
    userAgent: (request.headers.get('user-agent') ?? '').slice(0, LIMITS.userAgent),
    acceptLanguage: (request.headers.get('accept-language') ?? '').slice(0, LIMITS.userAgent),
    place: [place.country, place.region, place.city],
  }
}

interface Judged {
  readonly occurrences: readonly IncomingEvent[]
  /** Why all of it is dropped. */
  readonly dropped: string | null
  /** Names of the events that are dropped because only a server may send them. */
  readonly serverOnly: readonly string[]
}

/** What a beacon says happened, without what is dropped. */
const judged = (request: Request, client: number, beacon: Beacon, site: SiteConfig): Judged => {
  const around = surroundings(request, client)
  const all = eventsOfBeacon(beacon, site, around)
  const serverOnly = all.flatMap(({ name }) => (isServerOnly(name, site) ? [name] : []))
  const occurrences = serverOnly.length === 0 ? all : all.filter(({ name }) => !isServerOnly(name, site))
  const [first] = all
  const dropped = exclusionReason({
    headers: request.headers,
    userAgent: around.userAgent,
    address: around.address,
    network: (request.cf as IncomingRequestCfProperties | undefined) ?? {},
    hostname: first?.url ? pageTexts(first.url)[0] : '',
    referrer: first?.referrer ?? '',
  })
  return { occurrences, dropped, serverOnly }
}

/** What is wrong when a client sent more than it may. */
const tooManyOf = (c: Context<HonoEnv>, client: number): Problem | null | Promise<Problem | null> =>
  takeRecords(c, client, 1) ?? overAll(c)

/** As hono's `cors` gives them with an answer, and makes another response for it: that costs more than reading a beacon. */
const OPEN_TO_ALL: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': DROPPED_HEADER,
}

const answered = (dropped: string | null): Response =>
  new Response(null, {
    status: 204,
    headers: dropped ? { ...OPEN_TO_ALL, [DROPPED_HEADER]: dropped } : OPEN_TO_ALL,
  })

/** Counts the events of a beacon that only a server may send, and names them; the rest of it is stored. */
const answeredWithout = async (c: Context<HonoEnv>, site: SiteEngine, names: readonly string[]): Promise<Response> => {
  if (names.length === 0) return answered(null)
  const reasons = names.map(() => SERVER_ONLY)
  await countRejected(c, site, reasons)
  return answered([...new Set(names)].map(name => `${SERVER_ONLY}:${name}`).join(', '))
}

/** Counts what is refused; of who sends too much once a minute. */
const note = async ({ status, code }: Problem, who: BucketName, count: (reason: string) => Promise<void>) => {
  if (status !== 429 || !wasTold(who)) await count(code)
  if (status === 429) noteTold(who)
}

/** Who is told to slow down: when a site takes no more, all of its clients. */
const toldOf = ({ code }: Problem, client: number, site: SiteEngine | null): BucketName =>
  code === 'daily_bytes' && site ? isolateName(site.config.secret) : client

const collect: Handler<HonoEnv> = async c => {
  const client = nameOfClient(c.req.raw)
  let tooMany: Problem | null = null
  let site: SiteEngine | null = null
  const count = (reason: string) => countRejected(c, site, [reason])
  try {
    tooMany = await tooManyOf(c, client)
    // For who was told so a moment ago nothing is read and nothing is counted.
    if (tooMany && wasTold(client)) throw tooMany
    const { text, bytes } = await readBeaconBody(c.req.raw, LIMITS.beaconBytes)
    tooMany ??= takeBytes(c, client, bytes)
    if (tooMany && wasTold(client)) throw tooMany
    const beacon = parseBeacon(parseJson(text))
    site = await directoryOf(c).find(beacon.s)
    if (!site) throw unknownSite(beacon.s)
    const over = tooMany ?? takeRecords(c, client, beacon.e.length - 1) ?? overDailyBytes(c, site)
    if (over) throw over
    const { occurrences, dropped, serverOnly } = judged(c.req.raw, client, beacon, site.config)
    if (dropped) {
      await count(dropped)
      return answered(dropped)
    }
    if (occurrences.length > 0) await site.ingest(occurrences, { queue: c.env.QUEUE })
    await site.addBytes(bytes)
    return await answeredWithout(c, site, serverOnly)
  } catch (error) {
    for (const [name, value] of Object.entries(OPEN_TO_ALL)) c.header(name, value)
    const problem = tooMany ?? error
    if (problem instanceof Problem) await note(problem, toldOf(problem, client, site), count)
    throw problem
  }
}

/** `POST /v1/e`: 2xx means stored, safe on the queue, or deliberately dropped for the reason in a header. */
export const beaconRoutes = [
  route('OPTIONS', '/v1/e', ANYONE, cors({ origin: '*', exposeHeaders: [DROPPED_HEADER] })),
  route('POST', '/v1/e', ANYONE, collect),
]
