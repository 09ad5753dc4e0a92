import { exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { EVENTS, type EventDefinition } from '../../shared/events'
import type { Row } from '../../shared/question'
import { EMPTY_SETTINGS } from '../../shared/settings'
import { defaultsOf } from '../../worker/metrics/allowed'
import { METRICS } from '../../worker/metrics/definitions'
import { sendingOf } from '../../worker/metrics/sending'
import { createSite, migrate, post, query, type TestSite } from './setup'

const DAY = 86_400_000

let site: TestSite
/** A site that has only the tag, with a persistent id and the module "vitals". */
let tagged: TestSite
let values: Row['metrics']

beforeAll(async () => {
  await migrate()
  site = await createSite()
  tagged = await createSite()
  const days = [40, 40, 33, 20, 1, 0]
  await post(
    tagged,
    days.map((day, n) => ({
      name: 'page_view',
      visitor_id: `v${n % 3}`,
      time: Date.now() - day * DAY - 60_000,
      url: `https://${tagged.domain}/`,
      engaged_seconds: 20,
      scroll_depth: 60,
      clicks: 1,
      lcp: 2,
      inp: 0.1,
      cls: 0,
    })),
  )
  const { rows } = await query(tagged, { metrics: METRICS.map(({ id }) => id), period: 'all' })
  values = rows[0]?.metrics ?? {}
})

test('every example of an event is accepted', async () => {
  const order = { name: 'purchase', visitor_id: 'ada', transaction_id: 'T1', value: 40, time: Date.now() - 1000 }
  const events = EVENTS.map(({ name, example }: EventDefinition, n) => ({
    id: `e${n}`,
    name,
    visitor_id: 'ada',
    ...example,
    ...(name === 'purchase' && { transaction_id: 'T2' }),
  }))
  const { accepted, refused } = await post(site, [order, ...events])
  expect([accepted, refused]).toEqual([events.length + 1, []])
})

const importRow = async (kind: string, row: Readonly<Record<string, string>>): Promise<number> => {
  const response = await exports.default.fetch(`https://stats.example/api/v1/imports/${kind}?site=${site.domain}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${site.write}`, 'content-type': 'text/csv' },
    body: `${Object.keys(row)}\n${Object.values(row)}`,
  })
  return response.status
}

describe.each(METRICS.map(metric => [metric.id, metric] as const))('%s', (id, metric) => {
  const { events, imports } = sendingOf(metric)

  test('names the event to send when the tag alone does not send it', () => {
    const isThere = values[id]?.value !== null
    // A path has no beginning by default.
    const needsMore = metric.lacks?.(EMPTY_SETTINGS, defaultsOf(metric))
    expect(isThere || needsMore || events.length + imports.length > 0).toBeTruthy()
  })

  test('gives examples that are accepted', async () => {
    const sent = events.map(({ name, parameters }, n) => ({
      id: `${id}-${n}`,
      name,
      visitor_id: id,
      ...parameters,
      ...(parameters.transaction_id !== undefined && { transaction_id: id }),
    }))
    if (sent.length > 0) expect((await post(site, sent)).refused).toEqual([])
    for (const { kind, row } of imports) expect(await importRow(kind, row)).toBe(200)
  })
})

test('no metric points to the survey of another metric', () => {
  const csat = METRICS.find(({ id }) => id === 'csat')
  expect(csat && sendingOf(csat).events).toEqual([
    { name: 'survey_response', parameters: { survey_id: 'spring', kind: 'csat', score: 5 } },
  ])
})
