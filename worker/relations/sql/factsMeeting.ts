import type { ValueFilter } from '../../../shared/question'
import type { AnyRule } from '../../../shared/settings'
import type { Range } from '../../lib/timeRange'
import type { Dimension } from '../../metrics/dimensions'
import type { Builder } from './builder'
import { int } from './int'
import type { DimensionFilter } from './queryFilter'
import { factsByRule } from './rules'
import { factJoins } from './shape'
import { storedFilter } from './storedFilter'

/** A rule with filters that a page view or event must also pass. */
export type FilteredRule = AnyRule & { readonly where?: readonly ValueFilter[] | undefined }

const PROPERTY = 'property:'

/** Properties are one kind, whatever their names. */
const kindOf = ({ id }: Dimension): string => (id.startsWith(PROPERTY) ? PROPERTY : id)

/** The values of a dimension of `f` as a JSON list, given a filter `need` on it. */
const valuesOf = (b: Builder, dimension: Dimension): string => {
  const { each, expression } = dimension
  if (each) return `(select json_group_array(${each.element('one')}) from json_each(${each.list}) one)`
  if (kindOf(dimension) !== PROPERTY || typeof expression === 'string') return `json_array(${b.expression(expression)})`
  return `json_array(${expression(() => '(need.value->>1)')})`
}

const isNegated = (operator: DimensionFilter['operator']): boolean =>
  operator === 'is_not' || operator === 'does_not_contain'

/** A filter as data: kind of dimension, name of a property, test, whether it must fail, and values. */
const needOf = ({ dimension, operator, values }: DimensionFilter, kinds: readonly string[]): readonly unknown[] => {
  const test = { is: 0, is_not: 0, contains: 1, does_not_contain: 1, matches: 2 }[operator]
  return [
    kinds.indexOf(kindOf(dimension)),
    dimension.id.slice(PROPERTY.length),
    test,
    Number(isNegated(operator)),
    values,
  ]
}

/**
 * The condition that `f` passes the filters of the rule of its `label`. The filters are data: as an expression each, those of
 * fifty rules need more memory than D1 gives.
 */
const passesAll = (b: Builder, filters: readonly (readonly DimensionFilter[])[]): string => {
  const dimensions = new Map(filters.flat().map(({ dimension }) => [kindOf(dimension), dimension]))
  const kinds = [...dimensions.keys()]
  const needs = b.bind(JSON.stringify(filters.map(own => own.map(filter => needOf(filter, kinds)))))
  const values = [...dimensions.values()].map((one, kind) => `when ${int(kind)} then ${valuesOf(b, one)}`)
  return `not exists (
  select 1 from json_each(${needs}->f.label) need
  where need.value->>3 = exists (
    select 1 from json_each(case need.value->>0 ${values.join('\n      ')} end) own
    cross join json_each(need.value->4) given
    where case need.value->>2
      when 0 then own.value = given.value when 1 then instr(own.value, given.value) > 0 else own.value glob given.value
    end
  )
)`
}

/**
 * SQL of the page views and events `f` of a table, once for each of some rules they meet, with its index as `label`.
 * @param span of the table, by default the period
 */
export const factsMeeting = (
  b: Builder,
  facts: string,
  rules: readonly FilteredRule[],
  span?: Pick<Range, 'from' | 'to'>,
): string => {
  const rows = factsByRule(
    b,
    facts,
    rules.map((rule, label) => ({ rule, label })),
  )
  const filters = rules.map(({ where = [] }) => where.map(storedFilter))
  const all = filters.flat()
  if (all.length === 0) return `(\n${rows}\n)`
  return `(select f.*
from ${[`(\n${rows}\n) f`, ...factJoins(b, all, span)].join('\n')}
where ${passesAll(b, filters)})`
}
