import { ACTIVITY } from '../../relations/activity'
import { int } from '../../relations/sql/int'
import type { Scope } from '../../relations/sql/scope'
import { ID_COLUMNS, ID_DIMENSIONS } from '../../rollups/activePeople'
import type { SqlStatement } from '../../storage/database'
import { begin } from './statement'

/** D1 takes texts and rows of up to 2 MB. */
const MOST_CHARACTERS = 1_500_000
const MOST_OF_ROW = 1_900_000

const isTooLong = `length(people) > ${int(MOST_CHARACTERS)} or length(people) + length(begins) > ${int(MOST_OF_ROW)}`

/**
 * The statement that stores who was active on a day, unless sessions have been settled meanwhile.
 * @param scope that day
 * @param settled `settlements.version` that the day's sessions had
 * @param version that of the day's totals
 */
export const dayPeopleStatement = (scope: Scope, settled: number, version: number): SqlStatement => {
  const builder = begin({ ...scope, dimensions: ID_DIMENSIONS })
  builder.needs(...ID_COLUMNS)
  const site = builder.bind(scope.site)
  const ids = ID_COLUMNS.map((_, index) => `json_group_array(d${index})`).join(', ')
  const { sql, values } = builder.statement(`select ${site}, ${int(scope.range.firstDay)}, ${int(version)},
  iif(${isTooLong}, 'null', people),
  iif(${isTooLong}, 'null', begins),
  iif(length(people) + length(begins) + length(ids) > ${int(MOST_OF_ROW)}, null, ids)
from (
select json_group_array(person) as people, json_group_array(first) as begins, json_array(${ids}) as ids
from (
select person${builder.groups}, max(0, min(began) - ${int(scope.range.from)}) as first from (
${ACTIVITY.rows(builder)}
)
group by person${builder.groups}
)
where (select version from settlements where site = ${site}) = ${int(settled)}
having count(*) > 0
)`)
  return { sql: `insert or replace into day_people (site, day, version, people, begins, ids)\n${sql}`, values }
}
