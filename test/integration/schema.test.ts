import { env, exports } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { DICTIONARY_NAMES } from '../../worker/storage/assembled/dictionaryStatements'
import { columnOf, columnsOf, keyOf, packedIn, TABLE_NAMES, tableOf } from '../../worker/storage/columns'
import { type Column, DICTIONARIES, type TableName } from '../../worker/storage/schema'
import { backup, idOf, inFormat, restore, restorePart, withChecksum } from './backups'
import { clockByHand } from './clockByHand'
import { createSite, deleteSite, post, query, settle, type TestSite } from './setup'

clockByHand(Date.UTC(2026, 2, 10, 12))

/** The columns of the database, and those of the primary key. */
interface Stored {
  readonly columns: readonly string[]
  readonly key: readonly string[]
}

const storedTables = async (): Promise<Record<string, Stored>> => {
  const { results } = await env.DB.prepare(
    `select t.name as "table", c.name, c.pk from sqlite_schema t cross join pragma_table_info(t.name) c
    where t.type = 'table' and t.name not like 'sqlite\\_%' escape '\\' and t.name not like '\\_cf%' escape '\\'
      and t.name != 'd1_migrations' and c.name != 'site'
    order by t.name, c.cid`,
  ).all<{ table: string; name: string; pk: number }>()
  return Object.fromEntries(
    [...Map.groupBy(results, row => row.table)].map(([table, rows]) => [
      table,
      {
        columns: rows.map(({ name }) => name),
        key: rows
          .filter(({ pk }) => pk > 0)
          .sort((one, other) => one.pk - other.pk)
          .map(({ name }) => name),
      },
    ]),
  )
}

test('the schema matches the tables, columns and keys of the database after all migrations', async () => {
  const declared: [string, Stored][] = [
    ...DICTIONARY_NAMES.map((name): [string, Stored] => [
      name,
      { columns: ['id', ...DICTIONARIES[name]], key: ['id'] },
    ]),
    ...TABLE_NAMES.map((name): [string, Stored] => [name, { columns: columnsOf(name), key: keyOf(name) }]),
  ]
  expect(Object.fromEntries(declared)).toEqual(await storedTables())
})

const exportOf = async ({ domain }: TestSite): Promise<string> => {
  const headers = { authorization: `Bearer ${env.ADMIN_TOKEN}` }
  const response = await exports.default.fetch(`https://stats.example/api/v1/sites/${domain}/users/ada/export`, {
    headers,
  })
  expect(response.status).toBe(200)
  return JSON.stringify(await response.json())
}

/** A site that holds one row of one person in every table that has rows of persons. */
const siteOfOneRow = async (): Promise<{ readonly site: TestSite; readonly id: number }> => {
  const site = await createSite({ currency: 'EUR' })
  const time = Date.now() - 3_600_000
  const common = {
    visitor_id: 'v1',
    user_id: 'ada',
    time,
    url: `https://${site.domain}/account?utm_source=news&utm_medium=email&utm_campaign=spring&utm_id=s-26&utm_term=mug&utm_content=top`,
    referrer: 'https://mail.example/in',
    country: 'SE',
    region: 'Skåne County',
    city: 'Malmö',
    user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
    language: 'sv-SE',
    properties: { plan: 'pro' },
  }
  const sale = { currency: 'EUR', value: 40, tax: 10, shipping: 5, transaction_id: 'T1', items: [{ item_id: 'A' }] }
  const { accepted } = await post(site, [
    { ...common, name: 'page_view', engaged_seconds: 9, scroll_depth: 50, clicks: 2, lcp: 2.5, inp: 0.2, cls: 0.1 },
    { ...common, ...sale, name: 'booked' },
    { ...common, ...sale, name: 'purchase', id: 'p1' },
  ])
  expect(accepted).toBe(3)
  await settle()
  const id = await idOf(site)
  // The order has its own row besides the purchase.
  await env.DB.prepare('delete from events where site = ?1 and name = 10').bind(id).run()
  return { site, id }
}

/** SQL for another value of a column. */
const otherValue = (name: string, { kind }: Column): string => {
  if (name === 'visitor') return '(select visitor from identities i where i.site = ?1)'
  if (kind === 'json') return `'[{"item_id":"changed"}]'`
  if (kind === 'reference') return '0'
  return ['currency', 'transaction_id', 'sent_id', 'sent_visitor'].includes(name)
    ? `'changed'`
    : `coalesce(${name}, 0) + 1`
}

interface Change {
  readonly what: string
  readonly table: string
  readonly column: string
  readonly sql: string
}

const packedChanges = (table: TableName, column: 'context' | 'amounts'): Change[] =>
  packedIn(column).flatMap((held, n) => {
    const declared = columnOf('events', held)
    if (declared.notExported) return []
    const value = otherValue(`${column}->>${n}`, declared)
    const other = held === 'currency' ? `'changed'` : value
    return [{ what: `${held} in ${table}.${column}`, table, column, sql: `json_set(${column}, '$[${n}]', ${other})` }]
  })

const changesOf = (table: TableName): Change[] =>
  columnsOf(table).flatMap((column): Change[] => {
    const declared = columnOf(table, column)
    if (declared.notExported) return []
    if (declared.kind === 'packed') return packedChanges(table, column as 'context' | 'amounts')
    // The visitor is looked up by user, who must stay.
    const sql = table === 'identities' && column === 'visitor' ? 'visitor - 1' : otherValue(column, declared)
    return [{ what: `${table}.${column}`, table, column, sql }]
  })

test('changing any stored column about a person changes the export', async () => {
  vi.setSystemTime(Date.UTC(2026, 2, 10, 12))
  const { site, id } = await siteOfOneRow()
  const before = await exportOf(site)
  const ofTables = TABLE_NAMES.filter(name => !tableOf(name).notExported).flatMap(changesOf)
  const ofDictionaries = DICTIONARY_NAMES.flatMap(table =>
    DICTIONARIES[table].map((column: string) => ({ what: `${table}.${column}`, table, column, sql: `'changed'` })),
  )
  for (const { what, table, column, sql } of [...ofTables, ...ofDictionaries]) {
    const [row] = (
      await env.DB.prepare(`select ${column} as old, ${sql} as new from ${table} where site = ?1`).bind(id).all()
    ).results
    expect([what, row?.old !== undefined, row?.old === row?.new]).toEqual([what, true, false])
    await env.DB.prepare(`update ${table} set ${column} = ${sql} where site = ?1`).bind(id).run()
    expect([what, (await exportOf(site)) === before]).toEqual([what, false])
    await env.DB.prepare(`update ${table} set ${column} = ?2 where site = ?1`).bind(id, row?.old).run()
  }
  expect(await exportOf(site)).toBe(before)
})

/** A part of a backup in which some rows of a table lack a column. */
const withoutColumnsFrom = (part: string, table: string, column: string): string => {
  let isOfTable = false
  let kept = 0
  const lines = part.split('\n').map(line => {
    if (line.startsWith('{"table"')) {
      const section = JSON.parse(line)
      isOfTable = section.table === table
      kept = section.columns.indexOf(column)
      return JSON.stringify(isOfTable ? { ...section, columns: section.columns.slice(0, kept) } : section)
    }
    return line.startsWith('[') && isOfTable ? JSON.stringify(JSON.parse(line).slice(0, kept)) : line
  })
  return lines.join('\n')
}

const campaignIds = async (site: TestSite): Promise<unknown[]> => {
  const { rows } = await query(site, { metrics: ['sessions'], period: '7d', dimensions: ['utm_id'] })
  return rows.map(({ dimensions, metrics }) => [dimensions?.utm_id, metrics.sessions?.value])
}

test('a backup of a release without a column is restored with unknown values', async () => {
  const { site } = await siteOfOneRow()
  const parts = await backup(site)
  expect(parts.join('')).toContain('"referrer","utm_id"')
  expect(await campaignIds(site)).toEqual([['s-26', 1]])
  await deleteSite(site)
  const earlier = parts.map(part =>
    inFormat(5, withoutColumnsFrom(withoutColumnsFrom(part, 'sources', 'utm_id'), 'events', 'unconfirmed')),
  )
  expect(earlier.join('')).not.toMatch(/utm_id|unconfirmed/)
  await restore(site, earlier)
  await settle()
  // Its keys were deleted with the original site.
  expect(await campaignIds({ ...site, read: env.ADMIN_TOKEN })).toEqual([['(not set)', 1]])
  await deleteSite(site)
  const [first = '', views = ''] = parts
  await restorePart(site.domain, first)
  const later = await restorePart(site.domain, await withChecksum(views.replace('"utm_id"', '"a_later_one"')))
  expect(later).toMatchObject({
    status: 400,
    code: 'bad_backup',
    answer: { error: { message: expect.stringContaining('sources has no column "a_later_one"') } },
  })
})

test('utm_id of the landing page is a dimension of its session and filters queries', async () => {
  const site = await createSite()
  const view = (visitor_id: string, path: string) => ({
    name: 'page_view',
    visitor_id,
    url: `https://${site.domain}${path}`,
  })
  await post(site, [
    view('a', '/?utm_source=news&utm_medium=email&utm_campaign=spring&utm_id=s-26'),
    view('b', '/?utm_source=news&utm_medium=email&utm_campaign=spring&utm_id=s-27'),
    view('c', '/?utm_id=s-27'),
    view('d', '/'),
  ])
  expect((await campaignIds(site)).sort()).toEqual([
    ['(not set)', 1],
    ['s-26', 1],
    ['s-27', 2],
  ])
  const filters = [['is', 'utm_id', ['s-27']]] as const
  const { rows } = await query(site, { metrics: ['sessions'], period: 'today', dimensions: ['source'], filters })
  expect(rows.map(row => [row.dimensions?.source, row.metrics.sessions?.value]).sort()).toEqual([
    ['(direct)', 1],
    ['news', 1],
  ])
})
