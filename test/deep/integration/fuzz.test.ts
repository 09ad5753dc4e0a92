import { env, exports } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { SITE_TABLES } from '../../../worker/storage/siteTables'
import { clockByHand } from '../../integration/clockByHand'
import { type Hostile, hostile } from '../../integration/hostile'
import { runs } from '../../integration/runs'
import { createSite, settle, type TestSite } from '../../integration/setup'

const BODIES = runs(env.TEST_BODIES)
const NOW = Date.UTC(2026, 2, 10, 12)
/** Milliseconds between requests: far enough apart to stay below the rate limits. */
const PACE = 200

clockByHand(NOW)

/** Exclusion counts and the salt of a beacon's day may remain; nothing else of it may. */
const UNCHANGED = SITE_TABLES.filter(table => table !== 'refusals' && table !== 'salts')
const COUNT = `select ${UNCHANGED.map(table => `(select count(*) from ${table})`).join(' + ')} as n`
const stored = async (): Promise<number> => (await env.DB.prepare(COUNT).first<{ n: number }>())?.n ?? 0

const tally: Record<string, number> = { bodies: 0, '5xx': 0 }
const note = (status: number) => {
  for (const what of ['bodies', status < 500 ? `answered ${status}` : '5xx']) tally[what] = (tally[what] ?? 0) + 1
}

const addressOf = (path: string, { domain }: TestSite): string => {
  const [before, ...more] = path.split('&')
  return `https://stats.example${before}?${[`site=${domain}`, ...more].join('&')}`
}

const throwAt = (site: TestSite, { path, headers, body }: Hostile): Promise<Response> =>
  exports.default.fetch(addressOf(path, site), {
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${site.write}` },
    body,
  })

test(`${BODIES} hostile bodies: no 5xx, and rejected ones leave nothing`, async () => {
  const site = await createSite({ currency: 'EUR' })
  let rows = await stored()
  const property = fc.asyncProperty(hostile(site.domain, NOW), async sent => {
    vi.setSystemTime(Date.now() + PACE)
    const response = await throwAt(site, sent)
    const text = await response.text()
    const now = await stored()
    note(response.status)
    if (response.status >= 500) throw new Error(`${text} to ${new TextDecoder().decode(sent.body)}`)
    if (!response.ok) {
      expect(JSON.parse(text)).toMatchObject({
        error: { code: expect.stringMatching(/^[a-z0-9_]+$/), message: expect.stringMatching(/\S[.]$/s) },
      })
      expect(now).toBe(rows)
    }
    rows = now
  })
  const examples = {
    numRuns: BODIES,
    seed: env.TEST_SEED,
    interruptAfterTimeLimit: 1_500_000,
    markInterruptAsFailure: true,
  }
  try {
    await fc.assert(property, examples)
  } finally {
    console.log(JSON.stringify(tally))
  }
  expect(tally['answered 204']).toBeGreaterThan(BODIES / 20)
  expect(tally['answered 200']).toBeGreaterThan(BODIES / 20)
  expect(tally['answered 400']).toBeGreaterThan(BODIES / 10)
  // Accepted events can be finished and queried.
  await settle()
  const headers = { authorization: `Bearer ${site.read}` }
  const metrics = await exports.default.fetch(`https://stats.example/api/v1/metrics?site=${site.domain}`, { headers })
  expect(metrics.status).toBe(200)
}, 1_800_000)
