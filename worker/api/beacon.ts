import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import { LIMITS } from '../../shared/limits'
import { DROPPED_HEADER } from '../../shared/wire'
import type { HonoEnv } from '../env'
import { occurrencesOfBeacon, readBeacon, type Surroundings } from '../ingest/beacon'
import { dropReason } from '../ingest/judge'
import { placeOf } from '../ingest/place'
import { store } from '../ingest/store'
import { Problem } from '../problem'
import { countRefusals } from '../store/refusals'
import { findSite, type Site } from '../store/sites'
import { unknownSite } from './auth'
import { readJson } from './body'

/** Cloudflare says whose the request is; a server that does not is on the visitor's own machine. */
const addressOf = (request: Request): string => request.headers.get('cf-connecting-ip') ?? '127.0.0.1'

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

const take = async (c: Context<HonoEnv>, seen: (site: Site) => void): Promise<string | null> => {
  const beacon = readBeacon(await readJson(c.req.raw, LIMITS.beaconBytes))
  const site = await findSite(c.env.DB, beacon.s)
  if (!site) throw unknownSite(beacon.s)
  seen(site)
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
  if (!dropped) await store(c.env.DB, site, occurrences)
  return dropped
}

/** `POST /v1/e`: 2xx means stored, or deliberately dropped for the reason in a header. */
export const beaconRoutes = new Hono<HonoEnv>()
  .use('/v1/e', cors({ origin: '*', exposeHeaders: [DROPPED_HEADER] }))
  .post('/v1/e', async c => {
    let site: Site | null = null
    const count = (reason: string) => countRefusals(c.env.DB, site?.id ?? null, [reason])
    try {
      const dropped = await take(c, found => {
        site = found
      })
      if (!dropped) return c.body(null, 204)
      await count(dropped)
      return c.body(null, 204, { [DROPPED_HEADER]: dropped })
    } catch (error) {
      if (error instanceof Problem) await count(error.code)
      throw error
    }
  })
