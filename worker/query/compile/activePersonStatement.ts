import { isMergeable } from '../../metrics/people'
import type { Builder } from '../../relations/sql/builder'
import type { Scope } from '../../relations/sql/scope'
import { type MetricMeasure, measureIn } from './metricMeasure'
import { begin, type PersonColumns, type Statement } from './statement'
import { personSql } from './sumsStatement'

/** A person who was active, in a relation that holds the active and others beside them. */
const active = (open: 0 | 1): string =>
  `select 1 as person, null as day, 1 as active, ${open} as open, null as began, null as name, null as page, null as properties`

/** SQL of one row, and what its columns are. */
interface ActivePerson {
  readonly select: string
  readonly people: readonly PersonColumns[]
}

/**
 * The values of a person who was active and did nothing else.
 * @param open whether one of the person's sessions is open
 */
export const activePerson = (builder: Builder, measures: readonly MetricMeasure[], open: 0 | 1): ActivePerson => {
  const people = measures.map((requested, index): PersonColumns => {
    const measure = measureIn(requested, builder)
    if (measure.form !== 'sums' || !isMergeable(measure)) throw new Error(`${requested.metric.id} counts no people`)
    const names = Object.keys(measure.perPerson)
    return { measure, columns: Object.fromEntries(names.map(name => [name, `${open ? 'o' : 'v'}${index}_${name}`])) }
  })
  const selected = people.flatMap(({ measure, columns }) =>
    Object.entries(measure.perPerson).map(([name, value]) => `${personSql(value)} as ${columns[name]}`),
  )
  return { select: `select ${selected.join(',\n  ')}\nfrom (${active(open)})\ngroup by person`, people }
}

/** The values of somebody whose sessions are over. */
export const activePersonStatement = (scope: Scope, measures: readonly MetricMeasure[]): Statement => {
  const builder = begin(scope)
  const { select, people } = activePerson(builder, measures, 0)
  return {
    ...builder.statement(select),
    measures: measures.map((_, index) => index),
    dimensions: 0,
    shape: { form: 'one_person', people },
  }
}
