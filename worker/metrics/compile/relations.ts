import { knownEvent } from '../../../shared/events'
import { type Dimension, JOINS, type JoinName } from '../dimensions'
import { type Builder, type DimensionFilter, int } from './builder'
import {
  type FactKind,
  facts,
  firsts,
  guideFacts,
  heldFacts,
  IN_SESSION,
  parts,
  reachingSessions,
  sessions,
} from './tables'

const PAUSE = 30 * 60_000

/** A filter as a condition; a fact with several of a thing passes when one of them does. */
const condition = (b: Builder, { operator, dimension, values }: DimensionFilter, text: string): string => {
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

interface Shape {
  readonly joins: string
  readonly conditions: readonly string[]
  /** `, <expression> as d0, …`. */
  readonly columns: string
}

/** Joins, conditions and columns that some dimensions and filters need, of one level or of both. */
const shape = (b: Builder, levels: readonly Dimension['level'][]): Shape => {
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

const where = (conditions: readonly string[]): string =>
  conditions.length > 0 ? `\nwhere ${conditions.join('\n  and ')}` : ''

const isEventQuestion = (b: Builder): boolean =>
  [...b.scope.dimensions, ...b.scope.filters.map(filter => filter.dimension)].some(({ level }) => level === 'event')

const inPeriod = (b: Builder, time: string): string =>
  `${time} >= ${int(b.scope.range.from)} and ${time} < ${int(b.scope.range.to)}`

/** Sessions of the period, one row each; where the question is about facts, one for each group of facts they hold. */
const sessionRows = (b: Builder, more = '', moreJoins = ''): string => {
  const { joins, conditions, columns } = shape(b, ['session', 'event'])
  const select = `select ${b.bucketOfTime('s.begin')} as bucket${columns}, s.*${more}`
  if (!isEventQuestion(b)) return `${select}\nfrom ${sessions(b)} s\n${moreJoins}\n${joins}${where(conditions)}`
  const groups = b.scope.dimensions.map((_, index) => `, d${index}`).join('')
  return `${select}
from ${heldFacts(b)} f
join ${parts(b)} s on s.part_person = f.person and f.time between s.begin and s.bound
${moreJoins}
${joins}${where([inPeriod(b, 's.begin'), ...conditions])}
group by s.person, s.begin${groups}`
}

/** Whether facts need their sessions: for a dimension of the session. */
const needsSession = (b: Builder): boolean =>
  [...b.scope.dimensions, ...b.scope.filters.map(filter => filter.dimension)].some(({ level }) => level === 'session')

interface FactRows {
  readonly columns: string
  /** Condition on the events `e` that are read at all. */
  readonly only?: string
  readonly conditions?: readonly string[]
  /** Whether every fact needs its session. */
  readonly session?: boolean
}

const factRows = (b: Builder, kind: FactKind, rows: FactRows): string => {
  const { joins, conditions, columns: groups } = shape(b, ['session', 'event'])
  return `select ${b.bucketOfTime('f.time')} as bucket${groups}, f.person, ${rows.columns}
from ${facts(b, kind, rows.only)} f
${rows.session || needsSession(b) ? IN_SESSION(b) : ''}
${joins}${where([...conditions, ...(rows.conditions ?? [])])}`
}

/** Who was active: by the days of sessions, or by facts where the question is about facts or hours. */
const activityRows = (b: Builder, withEvents: boolean): string => {
  if (isEventQuestion(b) || b.scope.granularity === 'hour') {
    return factRows(b, 'both', { columns: 'f.active, f.name, coalesce(s.open, 0) as open', session: true })
  }
  const { joins, conditions, columns } = shape(b, ['session'])
  const day = `(${b.dayOf('s.begin')} + night.value)`
  const rows = `select ${b.bucketOfDay(day)} as bucket${columns},
  case night.value when 0 then s.person else coalesce(s.next, s.person) end as person, 1 as active, null as name, s.open
from ${reachingSessions(b)} s
join json_each('[0,1,2]') night on ${day} <= ${b.dayOf('(s.begin + s.last)')}
${joins}${where([`${day} between ${int(b.scope.range.firstDay)} and ${int(b.scope.range.lastDay)}`, ...conditions])}`
  if (!withEvents) return rows
  return `${rows}\nunion all\n${factRows(b, 'events', { columns: '0 as active, f.name, 0 as open' })}`
}

/** Who was active, and whether that visitor's first activity ever lies in the same bucket. */
const firstActivityRows = (b: Builder): string =>
  `select r.*, coalesce(${inPeriod(b, 'known.first')} and ${b.bucketOfTime('known.first')} = r.bucket, 0) as fresh
from (
${activityRows(b, false)}
) r
left join ${firsts(b)} known on known.visitor = r.person`

const PURCHASE = knownEvent('purchase')
const REFUND = knownEvent('refund')

/** Amounts of one currency; a refund without a value gives back its whole order, in the order's currency. */
const moneyRows = (b: Builder, names: readonly number[]): string => {
  const isRefund = `f.name = ${int(REFUND)}`
  // The earliest purchase of a transaction is the order: see the view orders.
  const ofOrder = (position: number): string => `(
    select p.amounts->>${position} from purchases p
    where ${isRefund} and p.site = ${b.bind(b.scope.site)} and p.transaction_id = f.transaction_id
    order by p.time, p.sent_id, p.sent_visitor, p.id, p.visitor limit 1
  )`
  const refunds = names.includes(REFUND)
  const amount = (column: string, position: number): string =>
    refunds ? `coalesce(f.${column}, ${ofOrder(position)})` : `f.${column}`
  return factRows(b, 'events', {
    columns: `${amount('value', 2)} as value, case when ${isRefund} then -1 else 1 end as sign`,
    only: ` and e.name in (${names.map(int).join(', ')})`,
    conditions: [`${amount('currency', 1)} = ${b.bind(b.scope.currency)}`],
  })
}

const GUIDE_EVENTS = [
  knownEvent('guide_start'),
  knownEvent('guide_step'),
  knownEvent('guide_complete'),
  knownEvent('guide_dismiss'),
]

/** Guide runs that began in the period: see registry/guides.ts for what a run is. */
const runs = (b: Builder): string =>
  b.table('runs', () => {
    const order = 'partition by person, guide order by time, id'
    const [, step, complete, dismiss] = GUIDE_EVENTS.map(int)
    return `select
  person, guide, min(time) as begin,
  max(name = ${complete}) as completed,
  max(name = ${dismiss}) as dismissed,
  max(case when name = ${step} then step else 0 end) as furthest,
  max(steps) as steps,
  max(name in (${complete}, ${dismiss})) or max(time) + ${int(PAUSE)} < ${int(b.scope.now)} as settled
from (
  select *, sum(begins) over (${order} rows unbounded preceding) as run
  from (
    select *, coalesce(time - lag(time) over (${order}) > ${int(PAUSE)}, 1) as begins
    from (
      select person, time, id, name, properties->>'guide_id' as guide,
        cast(properties->>'step' as integer) as step,
        max(coalesce(cast(properties->>'step' as integer), 0), coalesce(cast(properties->>'step_count' as integer), 0)) as steps
      from ${guideFacts(b, GUIDE_EVENTS)}
    )
  )
)
group by person, guide, run
having ${inPeriod(b, 'min(time)')}`
  })

const runRows = (b: Builder, from: string, columns: string): string => {
  const groups = b.scope.dimensions
  const ofRun = (dimension: Dimension): Dimension => ({
    ...dimension,
    expression: dimension.ofRun ?? dimension.expression,
  })
  const conditions = b.scope.filters.map(filter => condition(b, filter, ofRun(filter.dimension).expression))
  const names = new Set(
    [...groups, ...b.scope.filters.map(filter => filter.dimension)]
      .filter(({ level }) => level === 'session')
      .flatMap(({ joins }) => joins),
  )
  if (names.has('first')) firsts(b)
  const select = groups
    .map((dimension, index) => `, ${b.expression(dimension, ofRun(dimension).expression)} as d${index}`)
    .join('')
  const session = needsSession(b)
    ? `left join ${parts(b)} s on s.part_person = r.person and r.begin between s.begin and s.bound`
    : ''
  return `select ${b.bucketOfTime('r.begin')} as bucket${select}, r.person, ${columns}
from ${from} r
${session}
${[...names].map(name => JOINS[name]).join('\n')}${where(conditions)}`
}

/** Each step of a guide's runs but its last. */
const steps = (b: Builder): string =>
  b.table('steps', () => {
    const from = runs(b)
    return `select r.*, one.value as step
from (select *, max(steps) over (partition by guide) as last_step from ${from}) r
join json_each((
  with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 1000)
  select json_group_array(n) from numbers
)) one on one.value < r.last_step and one.value <= r.furthest`
  })

/** What can be summed over. Each relation's rows hold `bucket`, `d0` …, `person` and columns of their own. */
export const RELATIONS = {
  sessions: (b: Builder) => sessionRows(b),
  sessions_with_first: (b: Builder) =>
    sessionRows(b, ', known.first', `left join ${firsts(b)} known on known.visitor = s.person`),
  activity: (b: Builder) => activityRows(b, false),
  activity_and_events: (b: Builder) => activityRows(b, true),
  activity_with_first: (b: Builder) => firstActivityRows(b),
  views: (b: Builder) => factRows(b, 'views', { columns: 'f.seen, f.depth, f.clicks' }),
  events: (b: Builder) => factRows(b, 'events', { columns: 'f.name' }),
  orders: (b: Builder) => factRows(b, 'events', { columns: 'f.value', only: ` and e.name = ${int(PURCHASE)}` }),
  orders_of_currency: (b: Builder) => moneyRows(b, [PURCHASE]),
  refunds_of_currency: (b: Builder) => moneyRows(b, [REFUND]),
  money_of_currency: (b: Builder) => moneyRows(b, [PURCHASE, REFUND]),
  runs: (b: Builder) => runRows(b, runs(b), 'r.completed, r.dismissed, r.settled'),
  steps: (b: Builder) => runRows(b, steps(b), 'r.settled, r.furthest, r.step'),
} satisfies Record<string, (b: Builder) => string>

export type RelationName = keyof typeof RELATIONS

/** Sessions that hold custom events, by the event's stored id. */
export const holders = (b: Builder): string => {
  const names = [...b.scope.customEvents.values()].map(id => int(id + 1000)).join(', ')
  return `select distinct s.person as owner, s.begin as owner_begin, f.name
from ${heldFacts(b)} f
join ${parts(b)} s on s.part_person = f.person and f.time between s.begin and s.bound
where f.name in (${names})`
}
