import type { SumsMeasure } from '../metric'
import type { Builder, Scope } from './builder'
import type { Relation } from './relation'
import { groupColumns, groupOf, type Statement } from './statement'

export interface AskedSums {
  readonly metric: number
  readonly measure: SumsMeasure
}

/** Renames the columns of one metric's own sums, so that several metrics can share a statement. */
const prefixed = (expression: string, names: readonly string[], prefix: string): string =>
  names.reduce((text, name) => text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), `${prefix}${name}`), expression)

/** Sums of several metrics over one relation. */
export const sumsStatement = (
  scope: Scope,
  builder: Builder,
  asked: readonly AskedSums[],
  relation: Relation,
): Statement => {
  const groups = groupColumns(scope)
  const outer: string[] = []
  const inner: string[] = []
  for (const { metric, measure } of asked) {
    const names = Object.keys(measure.perPerson ?? {})
    for (const [name, sql] of Object.entries(measure.perPerson ?? {})) inner.push(`${sql} as p${metric}_${name}`)
    for (const [name, sql] of Object.entries(measure.sums))
      outer.push(`${prefixed(sql, names, `p${metric}_`)} as m${metric}_${name}`)
  }
  const rows = relation.rows(builder)
  const from =
    inner.length > 0
      ? `(\nselect bucket${groups}, person, ${inner.join(', ')}\nfrom (\n${rows}\n)\ngroup by bucket${groups}, person\n)`
      : `(\n${rows}\n)`
  return {
    ...builder.statement(`select bucket${groups},\n  ${outer.join(',\n  ')}\nfrom ${from}\ngroup by bucket${groups}`),
    cells: found =>
      found.flatMap(row =>
        asked.map(({ metric, measure }) => ({
          metric,
          ...groupOf(scope, row),
          sums: Object.fromEntries(
            Object.keys(measure.sums).map(name => [name, Number(row[`m${metric}_${name}`] ?? 0)]),
          ),
        })),
      ),
  }
}
