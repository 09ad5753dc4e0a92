import { answer } from '../../worker/api/answer'
import { occurrencesOfBeacon } from '../../worker/ingest/beacon'
import type { Occurrence } from '../../worker/ingest/occurrence'
import { store } from '../../worker/ingest/store'
import { planOf } from '../../worker/metrics/question'
import { METRICS } from '../../worker/metrics/registry'
import { settle } from '../../worker/settle/settle'
import { addSite, findSite, type Site } from '../../worker/store/sites'
import { counting } from './counting'
import { CONTENT_SITE, type SimulatedRecord, simulateDay } from './simulate'

const DOMAIN = 'bench.example'
/** As in wrangler.toml. */
const CRON = 5 * 60_000
const RECORDS_PER_BATCH = 1000

const AGENTS = [
  'Chrome/140.0.0.0 Safari/537.36',
  'Firefox/143.0',
  'Version/18.0 Safari/605.1.15',
  'Chrome/140.0.0.0 Mobile Safari/537.36',
]
const SYSTEMS = [
  'Windows NT 10.0; Win64; x64',
  'Macintosh; Intel Mac OS X 10_15_7',
  'X11; Linux x86_64',
  'Linux; Android 15; Pixel 9',
]

const agentOf = (index: number): string =>
  `Mozilla/5.0 (${SYSTEMS[index % SYSTEMS.length]}) AppleWebKit/537.36 (KHTML, like Gecko) ${AGENTS[Math.floor(index / SYSTEMS.length) % AGENTS.length]}`

const countryOf = (index: number): string =>
  `${String.fromCharCode(65 + (index % 26))}${String.fromCharCode(65 + Math.floor(index / 26))}`

/** A record as the collector takes it out of a beacon that arrives at `sent`. */
const occurrenceOf = (record: SimulatedRecord, site: Site): Occurrence[] =>
  occurrencesOfBeacon(
    {
      v: 1,
      s: DOMAIN,
      n: record.sent,
      e: [
        {
          i: record.id,
          t: record.time,
          u: `https://${DOMAIN}/articles/${record.path}/a-title-of-some-length`,
          r: record.source < 0 ? '' : `https://source-${record.source}.example/`,
          ...(record.left && { m: record.seen, d: record.depth, c: record.clicks }),
        },
      ],
    },
    site,
    {
      now: record.sent,
      origin: null,
      address: `10.${record.visitor >> 16}.${(record.visitor >> 8) & 255}.${record.visitor & 255}`,
      userAgent: agentOf(record.agent),
      acceptLanguage: 'en-GB',
      place: [countryOf(record.country), '', ''],
    },
  )

const siteOf = async (db: D1Database): Promise<Site> => (await findSite(db, DOMAIN)) ?? (await makeSite(db))

const makeSite = async (db: D1Database): Promise<Site> => {
  const site = await addSite(db, DOMAIN, {
    name: DOMAIN,
    timezone: 'UTC',
    currency: 'EUR',
    settings: { hostnames: [] },
  })
  if (!site) throw new Error('the site could not be made')
  return site
}

/** Loads one day as it would have come: batches in the order of sending, the cron between them. */
const loadDay = async (db: D1Database, pageviews: number, start: number, day: number): Promise<number> => {
  const site = await siteOf(db)
  if (day === 0)
    await db.prepare('update settlements set settled = ?2, closing = ?2 where site = ?1').bind(site.id, start).run()
  const records = simulateDay(CONTENT_SITE, pageviews, start, day)
  let batch: Occurrence[] = []
  let cron = start + day * 86_400_000 + CRON
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await store(db, site, batch)
    batch = []
  }
  for (const record of records) {
    while (record.sent >= cron) {
      await flush()
      await settle(db, site.id, cron)
      cron += CRON
    }
    batch.push(...occurrenceOf(record, site))
    if (batch.length >= RECORDS_PER_BATCH) await flush()
  }
  await flush()
  return records.length / 2
}

const timeQuestion = async (
  db: D1Database,
  metrics: string[],
  from: string,
  to: string,
): Promise<{ ms: number; rowsRead: number }> => {
  const site = await siteOf(db)
  const { db: counted, counts } = counting(db)
  const began = Date.now()
  await answer(counted, site, planOf({ site: DOMAIN, metrics, period: { from, to } }), Date.now())
  return { ms: Date.now() - began, rowsRead: counts.rowsRead }
}

const OVERVIEW = [
  'visitors',
  'sessions',
  'pageviews',
  'bounce_rate',
  'session_duration',
  'conversion_rate',
  'revenue',
  'cart_abandonment_rate',
]

/** The benchmark's own Worker: what a loop over HTTP would hide is measured inside. */
export default {
  async fetch(request: Request, env: { DB: D1Database }): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    const number = (name: string): number => Number(searchParams.get(name))
    if (pathname === '/day') {
      const { db, counts } = counting(env.DB)
      const began = Date.now()
      const pageviews = await loadDay(db, number('pageviews'), number('start'), number('day'))
      return Response.json({ ...counts, pageviews, ms: Date.now() - began })
    }
    if (pathname === '/settle') {
      const { db, counts } = counting(env.DB)
      const began = Date.now()
      await settle(db, (await siteOf(db)).id, number('now'))
      return Response.json({ ...counts, ms: Date.now() - began })
    }
    if (pathname === '/question') {
      const metrics = searchParams.get('metrics')?.split(',') ?? OVERVIEW
      return Response.json(
        await timeQuestion(env.DB, metrics, searchParams.get('from') ?? '', searchParams.get('to') ?? ''),
      )
    }
    if (pathname === '/metrics') return Response.json(METRICS.map(({ id }) => id))
    const { db, counts } = counting(env.DB)
    await db.prepare('select 1').all()
    return Response.json(counts)
  },
} satisfies ExportedHandler<{ DB: D1Database }>
