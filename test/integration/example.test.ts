import { exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import costs from '../../docs/example/costs.csv?raw'
import events from '../../docs/example/events.ndjson?raw'
import readme from '../../README.md?raw'
import { createSite, migrate, query } from './setup'

beforeAll(migrate)

/** Name and value of each row of the README's table. */
const stated = [...readme.matchAll(/^\| `(\w+)` \| ([\d.]+) \|/gm)].map(([, id, value]) => [id, Number(value)])

test("the README's worked SaaS example gives the numbers it states", async () => {
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
  expect(stated).toEqual(answered)
})

/** The fenced blocks of the README's part "Query the API", in order. */
const blocks = [...readme.slice(readme.indexOf('## Query the API')).matchAll(/```\w+\n([\s\S]*?)```/g)].map(
  ([, text = '']) => text,
)
const [sending = '', accepted = '', question = '', rows = '', address = '', csv = ''] = blocks
const bodyOf = (curl: string) => JSON.parse(curl.slice(curl.indexOf("-d '") + 4, curl.lastIndexOf("'")))

test("the README's example of two sessions gives the numbers it states", async () => {
  const site = await createSite()
  const call = (path: string, key: string, init: RequestInit = {}) =>
    exports.default.fetch(`https://stats.example${path}`, { ...init, headers: { authorization: `Bearer ${key}` } })
  const sent = await call(`/api/v1/events?site=${site.domain}`, site.write, {
    method: 'POST',
    body: JSON.stringify(bodyOf(sending)),
  })
  expect(await sent.json()).toEqual(JSON.parse(accepted))
  const { site: _, ...asked } = bodyOf(question)
  expect((await query(site, asked)).rows).toEqual(JSON.parse(rows))
  const path = /127\.0\.0\.1:8787([^']+)'/.exec(address)?.[1]?.replace('site=localhost', `site=${site.domain}`) ?? ''
  const body = await (await call(path, site.read)).text()
  expect(body.replaceAll('\r', '').trim()).toBe(csv.trim())
})
