import { expect, test } from 'vitest'
import { readImport, sample } from '../../../test/readImport'
import { startOf } from '../openImport'
import { umami } from './umami'
import { umamiCsv } from './umamiCsv'
import { umamiSql } from './umamiSql'

const TABLES = ['event_data', 'revenue', 'session', 'website', 'website_event']

test.each(['postgresql.sql', 'mysql.sql'])('%s gives the same events as the tables as CSV', async name => {
  const dump = await sample(`umami/${name}`)
  const tables = await Promise.all(TABLES.map(table => sample(`umami/${table}.csv`)))
  const start = await startOf(dump)
  expect(umami.formats.filter(format => format.fits([start]))).toEqual([umamiSql])
  expect(await readImport(umamiSql, [dump])).toEqual(await readImport(umamiCsv, tables))
})
