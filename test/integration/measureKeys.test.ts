import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import type { Question } from '../../shared/question'
import { backup, idOf, restore, TIMEOUT } from './backups'
import { clockByHand } from './clockByHand'
import release from './releases/2026-11.json'
import { cron, NOW, patch, siteOf, valuesOf } from './retentionStory'
import { deleteSite, type TestSite } from './setup'

/** One site as the release of November 2026 stored it after deleting old events, with its answers. */
interface StoredSite {
  readonly domain: string
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>
  readonly asked: readonly { readonly question: Omit<Question, 'site'>; readonly rows: unknown }[]
  readonly backup?: readonly string[]
}

const [plain, ownConversions] = release as unknown as readonly [StoredSite, StoredSite]

clockByHand(NOW)

const insert = async (tables: StoredSite['tables']): Promise<void> => {
  const statements = Object.entries(tables).flatMap(([table, rows]) =>
    rows.map(row => {
      const columns = Object.keys(row)
      const placeholders = columns.map((_, n) => `?${n + 1}`).join(', ')
      return env.DB.prepare(`insert into ${table} (${columns.join(', ')}) values (${placeholders})`).bind(
        ...Object.values(row),
      )
    }),
  )
  await env.DB.batch(statements)
}

const asSite = ({ domain }: StoredSite): TestSite => ({ domain, read: '', write: '' })

const expectAnswers = async (stored: StoredSite, site = asSite(stored)) => {
  for (const { question, rows } of stored.asked) {
    expect({ question, rows: await valuesOf(site, question) }).toEqual({ question, rows })
  }
}

const keysOf = async (site: TestSite, condition: string): Promise<string[]> => {
  const { id } = await siteOf(site)
  const { results } = await env.DB.prepare(
    `select distinct k.key from sums, json_each(cells, '$.sums') k where site = ?1 and ${condition}`,
  )
    .bind(id)
    .all<{ key: string }>()
  return results.map(({ key }) => key)
}

test.each([
  ['a site with the usual conversions', plain],
  ['a site with conversions of its own', ownConversions],
])(
  'after an upgrade from November 2026, %s answers as before for days whose events are deleted',
  async (_name, stored) => {
    vi.setSystemTime(NOW)
    await insert(stored.tables)
    const site = asSite(stored)
    await cron(site)
    await expectAnswers(stored)
    const { keptDay } = await siteOf(site)
    expect((await keysOf(site, `day < ${keptDay}`)).filter(key => /^\d+$/.test(key))).toEqual([])
    await deleteSite(site)
  },
)

test("rollups made with other conversion settings are not used for today's", async () => {
  vi.setSystemTime(NOW)
  await insert(ownConversions.tables)
  const site = asSite(ownConversions)
  // The newest day was built with other conversion settings than the days whose events are deleted.
  const { id, keptDay } = await siteOf(site)
  const other = plain.tables.sums?.filter(({ day }) => Number(day) >= keptDay) ?? []
  await env.DB.prepare('delete from sums where site = ?1 and day >= ?2').bind(id, keptDay).run()
  await insert({ sums: other.map(row => ({ ...row, site: id })) })
  await patch(site, { settings: { conversions: [] } })
  await cron(site)
  const period = { from: '2026-01-25', to: '2026-02-05' }
  const [row] = await valuesOf(site, { metrics: ['conversions', 'visitors'], period })
  expect(row?.metrics).toEqual({ conversions: null, visitors: expect.any(Number) })
  await deleteSite(site)
})

test('a backup of November 2026 restores the days whose events were deleted', { timeout: TIMEOUT }, async () => {
  vi.setSystemTime(NOW)
  const site = asSite(plain)
  await restore(site, plain.backup ?? [])
  await cron(site)
  await expectAnswers(plain, site)
  // And again with a backup of this release.
  const parts = await backup(site)
  await deleteSite(site)
  await restore(site, parts)
  await cron(site)
  await expectAnswers(plain, site)
  expect(await idOf(site)).toBeGreaterThan(0)
  await deleteSite(site)
})
