import type { Context } from 'hono'
import type { HonoEnv } from '../env'
import { Problem } from '../lib/problem'
import { COLUMN_SETS, type ColumnSet } from '../query/finish/csv'

/**
 * The columns of each metric that a request wants in CSV.
 * @throws Problem `bad_columns`
 */
export const wantedColumns = (c: Context<HonoEnv>): ColumnSet => {
  const given = c.req.query('columns') ?? 'value'
  const set = COLUMN_SETS.find(one => one === given)
  if (set) return set
  throw new Problem(400, 'bad_columns', `"columns" must be one of ${COLUMN_SETS.join(', ')}.`)
}
