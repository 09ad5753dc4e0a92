import { joinsOf } from '../../relations/sql/shape'
import type { ActiveGroupsSegment } from '../plan/segment'
import { activePerson } from './activePersonStatement'
import { begin, type Statement } from './statement'

/**
 * A row for each id of a dictionary: the group that it belongs to, and the values of a person whose sessions are over, and of
 * one who has an open one.
 */
export const activeGroupsStatement = (segment: ActiveGroupsSegment): Statement => {
  const { scope, measures, dimension, column, closed, open } = segment
  const builder = begin(scope)
  const [over, current] = [activePerson(builder, measures, 0), activePerson(builder, measures, 1)]
  const ids = builder.bind(JSON.stringify([...new Set([...closed.keys(), ...open.keys()])]))
  return {
    ...builder.statement(`select 0 as bucket, ${builder.expression(dimension.expression)} as d0, s.${column} as id, v.*, o.*
from (
${over.select}
) v
cross join (
${current.select}
) o
cross join (select value as ${column} from json_each(${ids})) s
${joinsOf(builder, dimension.joins).join('\n')}`),
    measures: measures.map((_, index) => index),
    dimensions: 1,
    shape: { form: 'active_groups', closed: over.people, open: current.people },
  }
}
