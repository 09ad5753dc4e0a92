import { ACTIVITY } from '../../relations/activity'
import { int } from '../../relations/sql/int'
import type { Scope } from '../../relations/sql/scope'
import type { SqlStatement } from '../../storage/database'
import { begin } from './statement'

/** D1 takes strings of up to 2 MB. */
const MOST_CHARACTERS = 1_500_000

const list = (column: string): string =>
  `case when length(json_group_array(person)) > ${int(MOST_CHARACTERS)} then 'null' else json_group_array(${column}) end`

/**
 * The statement that stores who was active on a day, unless sessions have been settled meanwhile.
 * @param scope that day
 * @param settled `settlements.version` that the day's sessions had
 * @param version that of the day's totals
 */
export const dayPeopleStatement = (scope: Scope, settled: number, version: number): SqlStatement => {
  const builder = begin(scope)
  const site = builder.bind(scope.site)
  const { sql, values } = builder.statement(`select ${site}, ${int(scope.range.firstDay)}, ${int(version)},
  ${list('person')},
  ${list('first')}
from (
select person, max(0, min(began) - ${int(scope.range.from)}) as first from (
${ACTIVITY.rows(builder)}
)
group by person
)
where (select version from settlements where site = ${site}) = ${int(settled)}
having count(*) > 0`)
  return { sql: `insert or replace into day_people (site, day, version, people, begins)\n${sql}`, values }
}
