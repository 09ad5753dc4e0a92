import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Miniflare } from 'miniflare'
import { expect, onTestFinished, test } from 'vitest'
import { readWorkerConfig } from '../../tools/config'
import { applyMigrations } from '../../tools/server/migrate'
import { workerdOptions } from '../../tools/server/workerd'
import { temporaryFolder } from './folder'

const emptyDatabase = async () => {
  const options = {
    host: '127.0.0.1',
    port: 0,
    dataDir: await temporaryFolder(),
    adminToken: '',
    demo: false,
    quiet: true,
  }
  const miniflare = new Miniflare(workerdOptions(readWorkerConfig(), 'export default {}', options))
  onTestFinished(() => miniflare.dispose())
  const db = await miniflare.getD1Database('DB')
  const tables = async () => {
    const sql =
      "select name from sqlite_schema where name not like '\\_%' escape '\\' and name not like 'sqlite%' order by name"
    return (await db.prepare(sql).all<{ name: string }>()).results.map(row => row.name)
  }
  return { db, tables }
}

test('migrations are applied in order and once', async () => {
  const { db, tables } = await emptyDatabase()
  const folder = await temporaryFolder()
  await writeFile(join(folder, '0002_more.sql'), 'alter table a add column y;')
  await writeFile(join(folder, '0001_first.sql'), "create table a (x); -- a; comment\ninsert into a values (';');")
  expect(await applyMigrations(db, folder)).toEqual(['0001_first.sql', '0002_more.sql'])
  expect(await applyMigrations(db, folder)).toEqual([])
  expect((await db.prepare('select * from a').all()).results).toEqual([{ x: ';', y: null }])
  expect(await tables()).toEqual(['a', 'd1_migrations'])
})

test('a failed migration leaves nothing behind', async () => {
  const { db, tables } = await emptyDatabase()
  const folder = await temporaryFolder()
  await writeFile(join(folder, '0001_first.sql'), 'create table a (x);')
  await writeFile(join(folder, '0002_broken.sql'), 'create table b (x); insert into nowhere values (1);')
  await expect(applyMigrations(db, folder)).rejects.toThrow('nowhere')
  expect(await tables()).toEqual(['a', 'd1_migrations'])
  await writeFile(join(folder, '0002_broken.sql'), 'create table b (x);')
  expect(await applyMigrations(db, folder)).toEqual(['0002_broken.sql'])
  expect(await tables()).toEqual(['a', 'b', 'd1_migrations'])
})
