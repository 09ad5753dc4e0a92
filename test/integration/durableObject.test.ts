import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { d1 } from '../../worker/storage/d1'
import { type Database, type SqlResult, statement } from '../../worker/storage/database'
import { migrate } from './setup'

beforeAll(migrate)

/** Does the same with a database in D1 and with one in an object. */
const onBoth = async <T>(work: (db: Database) => Promise<T>): Promise<[T, T]> => {
  const stub = env.OBJECTS.getByName('object')
  return [await work(d1(env.DB)), await runInDurableObject(stub, ({ database }) => work(database))]
}

const failure = async (work: () => Promise<unknown>): Promise<string> => {
  try {
    await work()
    return ''
  } catch (error) {
    return String(error)
  }
}

const SCHEMA = `select name, type, tbl_name, sql from sqlite_schema
  where name not like 'sqlite\\_%' escape '\\' and name not like '\\_cf%' escape '\\'
    and tbl_name not in ('d1_migrations', 'migrations')
  order by type, name`

test('an object has the tables of D1 after all migrations, and wakes again with them', async () => {
  const [inD1, inObject] = await onBoth(db => db.all(SCHEMA))
  expect(inObject.rows).toEqual(inD1.rows)
  expect(inD1.rows.length).toBeGreaterThan(30)
  const stub = env.OBJECTS.getByName('object')
  await evictDurableObject(stub)
  const count = await runInDurableObject(
    stub,
    async ({ database }) => (await database.all('select count(*) as n from migrations')).rows,
  )
  expect(count).toEqual([{ n: env.TEST_MIGRATIONS.length }])
})

test('values are bound and read as in D1', async () => {
  const sql = `select typeof(?1) as number, typeof(?2) as string, typeof(?3) as missing, ?4 as yes, ?2 || ?2 as twice,
    ?1 / 60000 as divided, cast(?1 as integer) / 60000 as whole,
    (select sum(value) from json_each(?5)) as elements, 9007199254740991 as largest, 0.1 as fraction`
  const [inD1, inObject] = await onBoth(db => db.all(sql, 90_000, 'ä', null, true, '[1,2,3]'))
  expect(inObject.rows).toEqual(inD1.rows)
  expect(inObject.rows).toMatchObject([{ number: 'real', divided: 1.5, whole: 1, yes: 1, elements: 6 }])
})

test('rows read and written and changes are counted as in D1', async () => {
  const counts = ({ rows, rowsRead, rowsWritten, changes }: SqlResult) => [rows.length, rowsRead, rowsWritten, changes]
  const names = JSON.stringify(['a', 'b', 'c'])
  const results = await onBoth(async db => {
    const insert =
      'insert into names (site, name) select ?1, value from json_each(?2) where true on conflict do nothing'
    const batch = await db.batch([
      statement(insert, 9, names),
      statement(insert, 9, names),
      statement("update names set name = name || '1' where site = ?1 and name = 'a' returning name", 9),
      statement('select * from names where site = ?1', 9),
      statement('delete from names where site = ?1', 9),
    ])
    return batch.map(counts)
  })
  expect(results[1]).toEqual(results[0])
  expect(results[1].map(([, , , changes]) => changes)).toEqual([3, 0, 1, 0, 3])
})

test('a batch that fails leaves nothing behind', async () => {
  const [inD1, inObject] = await onBoth(async db => {
    const message = await failure(() =>
      db.batch([
        statement("insert into names (site, name) values (8, 'kept')"),
        statement("insert into names (site, name) values (8, 'kept')"),
      ]),
    )
    return {
      isConstraint: /UNIQUE constraint failed/.test(message),
      rows: (await db.all('select * from names where site = 8')).rows,
    }
  })
  expect(inD1).toEqual({ isConstraint: true, rows: [] })
  expect(inObject).toEqual(inD1)
})

test('both refuse undefined, more than 100 values and a value for no parameter', async () => {
  const list = Array.from({ length: 101 }, (_, n) => `?${n + 1}`)
  for (const [sql, values] of [
    ['select ?1', [undefined]],
    [`select ${list}`, list],
    ['select ?1', [1, 2]],
  ] as const) {
    const [inD1, inObject] = await onBoth(db => failure(() => db.all(sql, ...values)))
    expect([inD1, inObject], sql).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)])
  }
})
