import { ACTIVITY } from '../../relations/activity'
import type { Scope } from '../../relations/sql/scope'
import { ID_COLUMNS, ID_DIMENSIONS } from '../../rollups/activePeople'
import type { SqlStatement } from '../../storage/database'
import { begin } from './statement'

/** Everybody who was active in a range, once for every combination of ids: see `ActivePeople`. */
export const peopleStatement = (scope: Scope): SqlStatement => {
  const builder = begin({ ...scope, dimensions: ID_DIMENSIONS })
  builder.needs(...ID_COLUMNS)
  const ids = ID_COLUMNS.map((column, index) => `d${index} as ${column}`).join(', ')
  return builder.statement(`select distinct person, ${ids} from (\n${ACTIVITY.rows(builder)}\n)`)
}
