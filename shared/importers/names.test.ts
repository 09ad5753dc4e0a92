import { expect, test } from 'vitest'
import { readImport, readImportedDays, textFile } from '../../test/readImport'
import { browserName } from './browserName'
import { deviceKind } from './deviceKind'
import { ga4BigQuery } from './ga4/ga4BigQuery'
import { plausibleCsv } from './plausible/plausibleCsv'
import { systemName } from './systemName'

const NAMES = ['constructor', '__proto__', 'toString']

test.each(NAMES)('%s is a name like any other', async name => {
  expect([browserName(name), systemName(name), deviceKind(name)]).toEqual([name, name, ''])
  const row = { event_name: name, event_timestamp: '1769853600000000', user_pseudo_id: 'a' }
  const { events } = await readImport(ga4BigQuery, [textFile('x', JSON.stringify(row))])
  expect(events).toMatchObject([{ name }])
  const { days } = await readImportedDays(plausibleCsv, [
    textFile('imported_visitors.csv', 'date,visitors\n2026-01-01,1\n'),
    textFile('imported_custom_events.csv', `date,name,visitors,events\n2026-01-01,${name},1,1\n`),
  ])
  expect(days.filter(({ dimension }) => dimension === 'event')).toMatchObject([{ value: name, events: 1 }])
})
