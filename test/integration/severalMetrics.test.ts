import { exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '../../shared/question'
import { createSite, migrate, post, query, type TestSite } from './setup'

let site: TestSite

beforeAll(async () => {
  await migrate()
  site = await createSite()
  const view = { name: 'page_view', time: '2026-03-10T10:00:00Z', url: 'https://shop.example/' }
  await post(site, [
    { id: '1', visitor_id: 'a', ...view },
    { id: '2', visitor_id: 'b', ...view, engaged_seconds: 20 },
  ])
})

const get = (ids: string, more = '') =>
  exports.default.fetch(
    `https://stats.example/api/v1/metrics/${ids}?site=${site.domain}&period=2026-03-10,2026-03-10${more}`,
    { headers: { authorization: `Bearer ${site.read}` } },
  )

const valuesOf = async (response: Response): Promise<Record<string, unknown>> => {
  const { rows } = await response.json<Answer>()
  return Object.fromEntries(Object.entries(rows[0]?.metrics ?? {}).map(([id, { value }]) => [id, value]))
}

describe('an address with several metrics', () => {
  test.each(['visitors,pageviews,bounce_rate', 'visitors%2Cpageviews,%20bounce_rate'])('%s answers all', async ids => {
    expect(await valuesOf(await get(ids))).toEqual({ visitors: 2, pageviews: 2, bounce_rate: 1 })
  })

  test('gives a parameter to those that have it', async () => {
    expect(await valuesOf(await get('visitors,bounce_rate', '&rule=engaged'))).toEqual({
      visitors: 2,
      bounce_rate: 0.5,
    })
  })

  test('rejects a parameter that none of them has', async () => {
    const response = await get('visitors,bounce_rate', '&ruled=engaged')
    expect([response.status, await response.json()]).toMatchObject([400, { error: { code: 'unknown_parameter' } }])
  })

  test('has a column for each in CSV', async () => {
    expect(await (await get('visitors,pageviews', '&format=csv')).text()).toBe('visitors,pageviews\r\n2,2\r\n')
  })
})

describe('an unknown id', () => {
  test('of a metric suggests the nearest', async () => {
    const response = await get('visitors,page_views')
    expect([response.status, await response.json()]).toEqual([
      404,
      {
        error: {
          code: 'unknown_metric',
          message: 'There is no metric "page_views". Did you mean pageviews? GET /api/v1/metrics lists all metrics.',
        },
      },
    ])
    await expect(query(site, { metrics: ['bouncerate'] })).rejects.toThrow('Did you mean bounce_rate?')
    await expect(query(site, { metrics: ['xyzzy'] })).rejects.toThrow('no metric \\"xyzzy\\". GET /api/v1/metrics')
  })

  test('of a dimension suggests the nearest, or names all', async () => {
    const ask = (dimension: string) => query(site, { metrics: ['visitors'], dimensions: [dimension] })
    await expect(ask('browsr')).rejects.toThrow('Did you mean browser?')
    await expect(ask('xyzzy')).rejects.toThrow('there are page, entry_page')
  })
})
