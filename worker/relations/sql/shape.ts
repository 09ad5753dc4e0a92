import type { Range } from '../../lib/timeRange'
import { type Dimension, type DimensionSql, JOINS, type JoinName } from '../../metrics/dimensions'
import type { Builder } from './builder'
import { int } from './int'
import { isOneOf } from './isOneOf'
import {
  conditionsOfDone,
  type DimensionFilter,
  type DoneFilter,
  dimensionsOf,
  filterTuple,
  isCombined,
  isDimensionFilter,
  levelOf,
  type QueryFilter,
} from './queryFilter'
import { facts, firsts, joinSession } from './tables'

type Test = (expression: string) => string

/**
 * 1 if a select has a row, else 0. SQLite turns a bare `exists` into a join and nests its conditions: with twenty of them
 * the expression is deeper than D1 takes.
 * @see https://sqlite.org/optoverview.html
 */
const hasRow = (select: string): string => `iif(exists (${select}), 1, 0)`

/** An event with several values passes if one of them passes, or, for a negation, if none does. */
const dimensionCondition = (
  b: Builder,
  { operator, dimension, values }: DimensionFilter,
  sql: DimensionSql,
): string => {
  const list = b.bind(JSON.stringify(values))
  const is: Test = expression => isOneOf(expression, `select value from json_each(${list})`)
  const contains: Test = expression =>
    hasRow(`select 1 from json_each(${list}) w where instr(${expression}, w.value) > 0`)
  const matches: Test = expression => hasRow(`select 1 from json_each(${list}) w where ${expression} glob w.value`)
  const test = { is, is_not: is, contains, does_not_contain: contains, matches }[operator]
  const expression = b.expression(sql)
  const passes = dimension.each
    ? `exists (select 1 from json_each(${dimension.each.list}) one where ${test(expression)})`
    : test(expression)
  return operator === 'is_not' || operator === 'does_not_contain' ? `not ${passes}` : passes
}

/**
 * The joins of a page view or event `f` that filters on it need.
 * @param span of the page views and events, by default the period
 */
export const factJoins = (
  b: Builder,
  filters: readonly DimensionFilter[],
  span?: Pick<Range, 'from' | 'to'>,
): string[] => {
  const dimensions = dimensionsOf(filters)
  const joins = [...new Set(dimensions.flatMap(dimension => dimension.joins))]
  const ofLevel = (level: 'session' | 'event'): string[] =>
    joinsOf(
      b,
      joins.filter(name => JOINS[name].level === level),
    )
  const session = dimensions.some(({ level }) => level === 'session')
    ? [joinSession(b, span), ...ofLevel('session')]
    : []
  return [...ofLevel('event'), ...session]
}

/** A table of the visitors who did something in the period. */
const doers = (b: Builder, filter: DoneFilter): string =>
  b.table(b.nameOf('doers', JSON.stringify(filterTuple(filter))), () => {
    const did = `(select * from ${facts(b, 'both')} where ${b.factMeets(filter.rule)}) f`
    const filters = conditionsOfDone(filter)
    const conditions = filters.map(one => condition(b, one, ({ expression }) => expression))
    return `select distinct f.person as doer
from ${[did, ...factJoins(b, filters)].join('\n')}${where(conditions)}`
  })

/** A session across midnight also has its visitor's id of the next day. */
const doneCondition = (b: Builder, filter: DoneFilter): string => {
  b.needs('next')
  const list = `select doer from ${doers(b, filter)}`
  return `(${isOneOf('s.person', list)} or ${isOneOf('s.next', list)})`
}

/**
 * A filter as a condition, which is never null.
 * @param sqlOf SQL of a dimension
 */
export const condition = (b: Builder, filter: QueryFilter, sqlOf: (dimension: Dimension) => DimensionSql): string => {
  if (isDimensionFilter(filter)) return dimensionCondition(b, filter, sqlOf(filter.dimension))
  if (!isCombined(filter)) return doneCondition(b, filter)
  const conditions = filter.filters.map(one => condition(b, one, sqlOf))
  return filter.operator === 'not' ? `not (${conditions.join()})` : `(${conditions.join(` ${filter.operator} `)})`
}

export interface Shape {
  /** Of the session `s`, of the page view or event `f`, and those that repeat rows, which come last. */
  readonly joins: Readonly<Record<'session' | 'event' | 'repeat', readonly string[]>>
  readonly conditions: readonly string[]
  /** `, <expression> as d0, …`. */
  readonly columns: string
}

/** Joins, conditions and columns for the query's dimensions and its filters of some levels. */
export const shape = (b: Builder, levels: readonly Dimension['level'][]): Shape => {
  const filters = b.scope.filters.filter(filter => levels.includes(levelOf(filter)))
  const conditions = filters.map(filter => condition(b, filter, ({ expression }) => expression))
  const names = new Set<JoinName>()
  for (const { joins } of dimensionsOf(filters)) for (const join of joins) names.add(join)
  const items: string[] = []
  const columns = b.scope.dimensions.map((dimension, index) => {
    for (const join of dimension.joins) names.add(join)
    const expression = b.expression(dimension.expression)
    if (dimension.each) {
      const { list, element } = dimension.each
      const alias = `item${index}`
      items.push(`join json_each(${list}) ${alias}`)
      // An event that names an item twice counts once for it.
      conditions.push(
        `not exists (select 1 from json_each(${list}) before where before.key < ${alias}.key and ${element('before')} is ${element(alias)})`,
      )
      conditions.push(`${element(alias)} is not null`)
      return `, ${element(alias)} as d${index}`
    }
    if (dimension.level === 'event') conditions.push(`${expression} is not null`)
    return `, ${expression} as d${index}`
  })
  const ofLevel = (level: 'session' | 'event'): JoinName[] => [...names].filter(name => JOINS[name].level === level)
  return {
    joins: {
      session: joinsOf(b, ofLevel('session')),
      event: joinsOf(b, ofLevel('event')),
      repeat: [...items, ...severalOf(b)],
    },
    conditions,
    columns: columns.join(''),
  }
}

/** The join that repeats every row for each dimension of a combined one. */
export const severalOf = (b: Builder): string[] =>
  b.scope.dimensions.flatMap(({ several }) =>
    several === undefined ? [] : [`cross join json_each('${JSON.stringify([...Array(several).keys()])}') several`],
  )

/** SQL of joins; declares the columns and adds the tables that they need. */
export const joinsOf = (b: Builder, names: readonly JoinName[]): string[] => {
  if (names.includes('first')) firsts(b)
  return names.map(name => {
    const { sql, column } = JOINS[name]
    if (column !== null) b.needs(column)
    return sql
  })
}

export const where = (conditions: readonly string[]): string =>
  conditions.length > 0 ? `\nwhere ${conditions.join('\n  and ')}` : ''

/** Whether the query has a dimension or filter of events. */
export const isEventQuery = (b: Builder): boolean =>
  [...b.scope.dimensions, ...dimensionsOf(b.scope.filters)].some(({ level }) => level === 'event')

export const inPeriod = (b: Builder, time: string): string =>
  `${time} >= ${int(b.scope.range.from)} and ${time} < ${int(b.scope.range.to)}`

/** Whether page views and events need their sessions, for a dimension of the session. */
export const needsSession = (b: Builder): boolean =>
  [...b.scope.dimensions, ...dimensionsOf(b.scope.filters)].some(({ level }) => level === 'session')
