import { exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import costs from '../../docs/example/costs.csv?raw'
import events from '../../docs/example/events.ndjson?raw'
import readme from '../../README.md?raw'
import { createSite, migrate, query } from './setup'

beforeAll(migrate)

/** Name and value of each row of the README's table. */
const told = [...readme.matchAll(/^\| `(\w+)` \| ([\d.]+) \|/gm)].map(([, id, value]) => [id, Number(value)])

test("the README's worked example of a SaaS gives the numbers it tells", async () => {
  const site = await createSite({ currency: 'USD', settings: { value_event: 'project_created' } })
  const send = async (path: string, type: string, body: string) => {
    const headers = { authorization: `Bearer ${site.write}`, 'content-type': type }
    const response = await exports.default.fetch(`https://stats.example${path}?site=${site.domain}`, {
      method: 'POST',
      headers,
      body,
    })
    return response.json()
  }
  expect(await send('/api/v1/events', 'application/x-ndjson', events)).toEqual({
    accepted: 18,
    duplicates: 0,
    refused: [],
  })
  expect(await send('/api/v1/imports/costs', 'text/csv', costs)).toEqual({ accepted: 2, replaced: 0, refused: [] })
  const metrics = ['cac', 'romi', 'mrr', 'churn_rate', 'activation_rate', 'time_to_value'] as const
  const { rows } = await query(site, { metrics, period: { from: '2026-01-01', to: '2026-01-31' } })
  const answered = metrics.map(id => [id, rows[0]?.metrics[id]?.value])
  expect(answered).toEqual([
    ['cac', 75],
    ['romi', 1],
    ['mrr', 100],
    ['churn_rate', 0.5],
    ['activation_rate', 0.5],
    ['time_to_value', 86_400],
  ])
  expect(told).toEqual(answered)
})
