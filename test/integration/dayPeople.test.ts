import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { Site } from '../../worker/site'
import { d1 } from '../../worker/storage/d1'
import { clockByHand } from './clockByHand'
import { patch } from './retentionStory'
import { cron, siteOf } from './rollups'
import { createSite, post } from './setup'

const NOON = Date.UTC(2026, 2, 10, 12)
const HOUR = 3_600_000
const DAY = 24 * HOUR

clockByHand(NOON)

test('an erased person is in no list of a day, even of a former time zone', async () => {
  const site = await createSite({ timezone: 'UTC', currency: 'EUR' })
  const view = (user: string, time: number) =>
    post(site, [{ name: 'page_view', user_id: user, url: `https://${site.domain}/`, time }])
  await view('ada', NOON)
  vi.setSystemTime(NOON + 2 * DAY)
  await view('grace', NOON + 2 * DAY - HOUR)
  await cron(site)
  const { id } = await siteOf(site)
  const listed = async (): Promise<number[]> => {
    const { results } = await env.DB.prepare('select people from day_people where site = ?1').bind(id).all()
    return results.flatMap(({ people }) => JSON.parse(String(people)))
  }
  expect(await listed()).toHaveLength(1)

  // Its noon is on the next day there.
  await patch(site, { timezone: 'Pacific/Kiritimati' })
  await cron(site)
  await new Site(d1(env.DB), await siteOf(site)).eraseUser('ada', Date.now())
  expect(await listed()).toEqual([])
})

test('a day whose list would be longer than a row of D1 has none', async () => {
  const site = await createSite({ timezone: 'UTC', currency: 'EUR' })
  const view = (user: string, time: number) =>
    post(site, [{ name: 'page_view', user_id: user, url: `https://${site.domain}/`, time }])
  await view('ada', NOON)
  vi.setSystemTime(NOON + 2 * DAY)
  await view('grace', NOON + 2 * DAY - HOUR)
  await cron(site)
  const { id } = await siteOf(site)
  const { results: columns } = await env.DB.prepare("select name from pragma_table_info('visits')").all()
  const copied = columns.map(({ name }) => (name === 'visitor' ? '-100000000000000 - i' : `v.${name}`))
  await env.DB.prepare(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < 80000)
insert into visits (${columns.map(({ name }) => name)}) select ${copied} from (select * from visits where site = ?1 limit 1) v, n`,
  )
    .bind(id)
    .run()
  await env.DB.prepare('delete from day_people where site = ?1').bind(id).run()
  await cron(site)
  const { results } = await env.DB.prepare('select people, begins from day_people where site = ?1').bind(id).all()
  expect(results).toEqual([{ people: 'null', begins: 'null' }])
})
