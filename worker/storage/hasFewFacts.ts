import { HOUR } from '../../shared/time'
import type { Range } from '../lib/timeRange'
import { type Database, firstRow } from './database'
import countSome from './sql/facts.count_some.sql'

/** Whether a site has at most a number of page views and events in a range. It reads one row more than that. */
export const hasFewFacts = async (
  db: Database,
  site: number,
  { from, to }: Pick<Range, 'from' | 'to'>,
  most: number,
): Promise<boolean> => {
  const row = await firstRow<{ count: number }>(
    db,
    countSome,
    site,
    Math.floor(from / HOUR),
    Math.ceil(to / HOUR),
    most + 1,
  )
  return (row?.count ?? 0) <= most
}
