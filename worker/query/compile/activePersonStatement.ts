import { isMergeable } from '../../metrics/people'
import type { Scope } from '../../relations/sql/scope'
import { type MetricMeasure, measureIn } from './metricMeasure'
import { begin, type PersonColumns, type Statement } from './statement'
import { personSql } from './sumsStatement'

/** A person who was active, in a relation that holds the active and others beside them. */
const ACTIVE =
  'select 1 as person, null as day, 1 as active, 0 as open, null as began, null as name, null as page, null as properties'

/** The values of a person who was active and did nothing else. */
export const activePersonStatement = (scope: Scope, measures: readonly MetricMeasure[]): Statement => {
  const builder = begin(scope)
  const people = measures.map((requested, index): PersonColumns => {
    const measure = measureIn(requested, builder)
    if (measure.form !== 'sums' || !isMergeable(measure)) throw new Error(`${requested.metric.id} counts no people`)
    const names = Object.keys(measure.perPerson)
    return { measure, columns: Object.fromEntries(names.map(name => [name, `v${index}_${name}`])) }
  })
  const selected = people.flatMap(({ measure, columns }) =>
    Object.entries(measure.perPerson).map(([name, value]) => `${personSql(value)} as ${columns[name]}`),
  )
  return {
    ...builder.statement(`select ${selected.join(',\n  ')}\nfrom (${ACTIVE})\ngroup by person`),
    measures: measures.map((_, index) => index),
    dimensions: 0,
    shape: { form: 'one_person', people },
  }
}
