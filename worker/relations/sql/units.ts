import type { Builder } from './builder'
import { dimensionsOf } from './queryFilter'
import { condition, joinsOf, needsSession, severalOf, where } from './shape'
import { inPart, parts } from './tables'

/**
 * Units `r` of a table with `person` and `begin`, in the groups of the query: by the session in which a unit began, or
 * by the unit itself if the dimension has SQL for it.
 */
export const unitRows = (b: Builder, table: string, columns: string): string => {
  const { dimensions, filters } = b.scope
  const conditions = filters.map(filter => condition(b, filter, ({ ofRun, expression }) => ofRun ?? expression))
  const asked = [...dimensions, ...dimensionsOf(filters)]
  const names = new Set(asked.filter(({ level }) => level === 'session').flatMap(({ joins }) => joins))
  const joins = joinsOf(b, [...names])
  const groups = dimensions.map((one, index) => `, ${b.expression(one.ofRun ?? one.expression)} as d${index}`).join('')
  const session = needsSession(b) ? `left join ${parts(b)} s on ${inPart('r.person', 'r.begin')}` : ''
  return `select ${b.bucketOfTime('r.begin')} as bucket${groups}, r.person, ${columns}
from ${table} r
${session}
${[...joins, ...severalOf(b)].join('\n')}${where(conditions)}`
}
