import { env, exports } from 'cloudflare:workers'
import { expect } from 'vitest'
import { answerAll } from '../../worker/http/answer'
import { METRICS } from '../../worker/metrics/definitions'
import { parseQuery } from '../../worker/query/parse/parseQuery'
import { Site } from '../../worker/site'
import { d1 } from '../../worker/storage/d1'
import { siteOf } from './rollups'
import { keyToRead, type TestSite } from './setup'

/** The number of open windows changes from moment to moment, but the stored reason has that of the day. */
const withoutCount = (reason: string): string => reason.replace(/the window of \d+/, 'the window of some')

/** By metric, what the site's catalogue says is missing. */
export const missingOf = async (site: TestSite): Promise<Record<string, readonly string[]>> => {
  const response = await exports.default.fetch(`https://stats.example/api/v1/metrics?site=${site.domain}`, {
    headers: { authorization: `Bearer ${await keyToRead(site)}` },
  })
  const { metrics } = await response.json<{ metrics: { id: string; missing: string[] }[] }>()
  return Object.fromEntries(metrics.map(({ id, missing }) => [id, missing.map(withoutCount)]))
}

/** The same in the plainest way: queries for every metric over the whole history and over the last days. */
const askedOf = async (site: TestSite): Promise<Record<string, readonly string[]>> => {
  const config = await siteOf(site)
  const metrics = METRICS.map(({ id }) => id)
  const queries = (['all', '90d'] as const).map(period => parseQuery({ site: site.domain, metrics, period }))
  const answers = await answerAll(new Site(d1(env.DB), config), queries, Date.now())
  return Object.fromEntries(
    METRICS.map(({ id, send }) => {
      const [reason, recently] = answers.map(({ rows }) => {
        const { value, reason } = rows[0]?.metrics[id] ?? { value: null }
        return reason ?? (value === 0 && send ? `There is none yet; send ${send}.` : undefined)
      })
      return [id, reason === undefined || recently === undefined ? [] : [withoutCount(reason)]]
    }),
  )
}

/**
 * Expects the catalogue to agree with queries.
 * @param had metrics that had a value before, which stay available; those that have one now are added
 */
export const expectAsAsked = async (site: TestSite, had = new Set<string>()): Promise<void> => {
  const asked = Object.entries(await askedOf(site)).map(([id, missing]) => [id, had.has(id) ? [] : missing] as const)
  expect(await missingOf(site)).toEqual(Object.fromEntries(asked))
  for (const [id, { length }] of asked) if (length === 0) had.add(id)
}
