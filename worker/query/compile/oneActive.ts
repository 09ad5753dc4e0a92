import { isMergeable, type MergeableMeasure, type PersonValues } from '../../metrics/people'
import type { Scope } from '../../relations/sql/scope'
import { begin } from './statement'
import type { RequestedMeasure } from './statements'
import { personSql } from './sums'

/** Somebody who was active, in a relation that holds the active and others beside them. */
const ACTIVE =
  'select 1 as person, null as day, 1 as active, 0 as open, null as began, null as name, null as page, null as properties'

/** What measures say of somebody of whom nothing is known but that he was active: a statement, and how it is read. */
export const oneActive = (
  scope: Scope,
  asked: readonly RequestedMeasure[],
): { sql: string; values: readonly unknown[]; read(row: Record<string, unknown>): (PersonValues | null)[] } => {
  const builder = begin(scope)
  const measures = asked.map(({ measureOf }): MergeableMeasure | null => {
    const measure = measureOf(builder)
    return measure.form === 'sums' && isMergeable(measure) ? measure : null
  })
  const columns = measures.flatMap((measure, index) =>
    Object.entries(measure?.perPerson ?? {}).map(([name, value]) => `${personSql(value)} as v${index}_${name}`),
  )
  return {
    ...builder.statement(`select ${columns.join(',\n  ')}\nfrom (${ACTIVE})\ngroup by person`),
    read: row =>
      measures.map(
        (measure, index) =>
          measure &&
          Object.fromEntries(
            Object.keys(measure.perPerson).map(name => {
              const value = row[`v${index}_${name}`]
              return [name, value === null || value === undefined ? null : Number(value)]
            }),
          ),
      ),
  }
}
