import { type Dimension, JOINS, type JoinName } from '../../metrics/dimensions'
import type { Builder } from './builder'
import { int } from './int'
import type { DimensionFilter } from './scope'
import { firsts } from './tables'

/** A filter as a condition; a fact with several of a thing passes when one of them does. */
export const condition = (b: Builder, { operator, dimension, values }: DimensionFilter, text: string): string => {
  const list = b.bind(JSON.stringify(values))
  const tests: Record<DimensionFilter['operator'], (expression: string) => string> = {
    is: expression => `${expression} in (select value from json_each(${list}))`,
    is_not: expression => `${expression} in (select value from json_each(${list}))`,
    contains: expression => `exists (select 1 from json_each(${list}) w where instr(${expression}, w.value) > 0)`,
    matches: expression => `exists (select 1 from json_each(${list}) w where ${expression} glob w.value)`,
  }
  const test = tests[operator]
  const expression = b.expression(dimension, text)
  const passes = dimension.each
    ? `exists (select 1 from json_each(${dimension.each.list}) one where ${test(expression)})`
    : `coalesce(${test(expression)}, 0)`
  return operator === 'is_not' ? `not ${passes}` : passes
}

export interface Shape {
  readonly joins: string
  readonly conditions: readonly string[]
  /** `, <expression> as d0, …`. */
  readonly columns: string
}

/** Joins, conditions and columns that some dimensions and filters need, of one level or of both. */
export const shape = (b: Builder, levels: readonly Dimension['level'][]): Shape => {
  const filters = b.scope.filters.filter(filter => levels.includes(filter.dimension.level))
  const conditions = filters.map(filter => condition(b, filter, filter.dimension.expression))
  const names = new Set<JoinName>()
  for (const { dimension } of filters) for (const join of dimension.joins) names.add(join)
  const joins: string[] = []
  const columns = b.scope.dimensions.map((dimension, index) => {
    for (const join of dimension.joins) names.add(join)
    const expression = b.expression(dimension, dimension.expression)
    if (dimension.each) {
      const { list, element } = dimension.each
      const alias = `item${index}`
      const of = (other: string): string => element.replaceAll('one.', `${other}.`)
      joins.push(`join json_each(${list}) ${alias}`)
      // An event that names one thing twice is one event with it.
      conditions.push(
        `not exists (select 1 from json_each(${list}) before where before.key < ${alias}.key and ${of('before')} is ${of(alias)})`,
      )
      conditions.push(`${of(alias)} is not null`)
      return `, ${of(alias)} as d${index}`
    }
    if (dimension.level === 'event') conditions.push(`${expression} is not null`)
    return `, ${expression} as d${index}`
  })
  if (names.has('first')) firsts(b)
  return { joins: [...[...names].map(name => JOINS[name]), ...joins].join('\n'), conditions, columns: columns.join('') }
}

export const where = (conditions: readonly string[]): string =>
  conditions.length > 0 ? `\nwhere ${conditions.join('\n  and ')}` : ''

export const isEventQuestion = (b: Builder): boolean =>
  [...b.scope.dimensions, ...b.scope.filters.map(filter => filter.dimension)].some(({ level }) => level === 'event')

export const inPeriod = (b: Builder, time: string): string =>
  `${time} >= ${int(b.scope.range.from)} and ${time} < ${int(b.scope.range.to)}`

/** Whether facts need their sessions: for a dimension of the session. */
export const needsSession = (b: Builder): boolean =>
  [...b.scope.dimensions, ...b.scope.filters.map(filter => filter.dimension)].some(({ level }) => level === 'session')
