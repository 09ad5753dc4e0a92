import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import { LIMITS } from '../../shared/limits'
import { type Beacon, DROPPED_HEADER } from '../../shared/wire'
import type { HonoEnv } from '../env'
import { occurrencesOfBeacon, readBeacon, type Surroundings } from '../ingest/beacon'
import { dropReason } from '../ingest/judge'
import { placeOf } from '../ingest/place'
import { storeOrQueue } from '../ingest/storeOrQueue'
import { Problem } from '../problem'
import { findSite, type Site } from '../store/sites'
import { unknownSite } from './auth'
import { readJson } from './body'
import { addressOf, nameOfClient } from './client'
import { countRefused } from './countRefused'
import { noteTold, overAll, takeRecords, wasTold } from './ratelimit'

const surroundings = (request: Request): Surroundings => {
  const place = placeOf(request.cf as IncomingRequestCfProperties | undefined)
  return {
    now: Date.now(),
    origin: request.headers.get('origin'),
    address: addressOf(request),
    userAgent: (request.headers.get('user-agent') ?? '').slice(0, LIMITS.userAgent),
    acceptLanguage: request.headers.get('accept-language') ?? '',
    place: [place.country, place.region, place.city],
  }
}

const siteOf = async (db: D1Database, domain: string): Promise<Site> => {
  const site = await findSite(db, domain)
  if (!site) throw unknownSite(domain)
  return site
}

/** Stores a beacon or puts it on the queue, or says why it is dropped. */
const take = async (c: Context<HonoEnv>, beacon: Beacon, site: Site): Promise<string | null> => {
  const around = surroundings(c.req.raw)
  const occurrences = occurrencesOfBeacon(beacon, site, around)
  const [first] = occurrences
  const dropped = dropReason({
    headers: c.req.raw.headers,
    userAgent: around.userAgent,
    address: around.address,
    network: (c.req.raw.cf as IncomingRequestCfProperties | undefined) ?? {},
    hostname: first?.url?.hostname ?? '',
    referrer: first?.referrer ?? '',
  })
  if (!dropped) await storeOrQueue(c.env.DB, c.env.QUEUE, site, occurrences)
  return dropped
}

/** As hono's `cors` gives them with an answer, and makes another response for it: that costs more than reading a beacon. */
const OPEN_TO_ALL = { 'access-control-allow-origin': '*', 'access-control-expose-headers': DROPPED_HEADER }

const collect = async (c: Context<HonoEnv>): Promise<Response> => {
  const client = nameOfClient(c.req.raw)
  const tooMany = takeRecords(c, client, 1) ?? (await overAll(c))
  // For who was told so a moment ago nothing is read and nothing is counted.
  if (tooMany && wasTold(client)) throw tooMany
  let site: Site | null = null
  const count = (reason: string) => countRefused(c, site?.id ?? null, [reason])
  try {
    const beacon = readBeacon(await readJson(c.req.raw, LIMITS.beaconBytes))
    site = await siteOf(c.env.DB, beacon.s)
    const over = tooMany ?? takeRecords(c, client, beacon.e.length - 1)
    if (over) throw over
    const dropped = await take(c, beacon, site)
    if (!dropped) return new Response(null, { status: 204, headers: OPEN_TO_ALL })
    await count(dropped)
    return new Response(null, { status: 204, headers: { ...OPEN_TO_ALL, [DROPPED_HEADER]: dropped } })
  } catch (error) {
    const problem = tooMany ?? error
    if (problem instanceof Problem && !(problem.status === 429 && wasTold(client))) await count(problem.code)
    if (problem instanceof Problem && problem.status === 429) noteTold(client)
    throw problem
  }
}

/** `POST /v1/e`: 2xx means stored, safe on the queue, or deliberately dropped for the reason in a header. */
export const beaconRoutes = new Hono<HonoEnv>()
  .options('/v1/e', cors({ origin: '*', exposeHeaders: [DROPPED_HEADER] }))
  .post('/v1/e', async c => {
    try {
      return await collect(c)
    } catch (error) {
      for (const [name, value] of Object.entries(OPEN_TO_ALL)) c.header(name, value)
      throw error
    }
  })
