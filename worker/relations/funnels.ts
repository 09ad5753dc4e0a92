import type { Funnel } from '../../shared/settings'
import { DAY } from '../../shared/time'
import type { Range } from '../lib/timeRange'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { isNamed } from './sql/eventNames'
import { factKindOf } from './sql/factKindOf'
import { factsMeeting } from './sql/factsMeeting'
import { int } from './sql/int'
import { isOneOf } from './sql/isOneOf'
import { inPeriod, needsSession, shape, where } from './sql/shape'
import { stepTimes } from './sql/stepTimes'
import { factsBetween, heldFacts, inPart, joinSession, parts } from './sql/tables'

const windowOf = ({ window }: Funnel): number => Math.round(window * DAY)

/** When visitors who began in the period can take steps. */
const spanOf = (b: Builder, funnel: Funnel): Pick<Range, 'from' | 'to'> => {
  const { from, to } = b.scope.range
  const window = windowOf(funnel)
  return { from: funnel.order === 'any' ? from - window : from, to: to + window + 1 }
}

/** A common table of a funnel. */
const tableOf = (b: Builder, name: string, funnel: Funnel, text: () => string): string =>
  b.manyRows(b.nameOf(`funnel_${name}`, JSON.stringify(funnel)), text)

/** Page views and events that can be steps, or for a strict order come between two. */
const candidates = (b: Builder, funnel: Funnel): string => {
  const { steps, order, scope } = funnel
  if (scope === 'session') return heldFacts(b)
  return tableOf(b, 'facts', funnel, () => {
    const { from, to } = spanOf(b, funnel)
    b.looksBack(b.scope.range.from - from)
    const kind = order === 'strict' ? 'both' : factKindOf(steps)
    const ids = steps.flatMap(step => ('event' in step ? [b.eventId(step.event)] : []))
    return factsBetween(b, kind, from, to, kind === 'events' ? isNamed(b, ...ids) : '')
  })
}

/** Page views and events `f` with the unit that they are of: a visitor, or a session by its visitor and begin. */
const ofUnits = (b: Builder, { scope }: Funnel, columns: string, facts: string): string =>
  scope === 'visitor'
    ? `select ${columns}, f.person as unit, 0 as begun from ${facts} f`
    : `select ${columns}, s.person as unit, s.begin as begun from ${facts} f
cross join ${parts(b)} s on ${inPart('f.person', 'f.time')}
where ${inPeriod(b, 's.begin')}`

const stepFacts = (b: Builder, funnel: Funnel): string =>
  tableOf(b, 'steps', funnel, () => {
    const span = funnel.scope === 'visitor' ? spanOf(b, funnel) : undefined
    return ofUnits(b, funnel, 'f.*', factsMeeting(b, candidates(b, funnel), funnel.steps, span))
  })

/** First steps, in the groups of the query. */
const starts = (b: Builder, funnel: Funnel): string => {
  const isOfSessions = funnel.scope === 'session'
  const { joins, conditions, columns } = shape(b, ['session', 'event'])
  const tables = [
    `${stepFacts(b, funnel)} f`,
    ...joins.event,
    ...(isOfSessions || needsSession(b) ? [joinSession(b), ...joins.session] : []),
    ...joins.repeat,
  ]
  const begin = isOfSessions ? 'f.begun' : 'f.time'
  return `select ${b.bucketOfTime(begin)} as bucket${columns}, f.unit, f.begun, ${isOfSessions ? 's.open' : '0'} as open, f.time
from ${tables.join('\n')}${where(['f.label = 0', inPeriod(b, begin), ...conditions])}`
}

/** What happened to units with a first step, in order of time: first steps, later ones, and for a strict order the rest. */
const timeline = (b: Builder, funnel: Funnel): string => {
  const first = b.table(
    b.nameOf('funnel_starts', JSON.stringify([funnel, b.scope.dimensions.map(({ id }) => id)])),
    () => starts(b, funnel),
  )
  const later = `select null as bucket${b.scope.dimensions.map((_, n) => `, null as d${n}`).join('')}, unit, begun, 0 as open, time`
  const ofThem = isOneOf('(unit, begun)', `select unit, begun from ${first}`)
  return [
    `select *, 0 as k from ${first}`,
    `${later}, label from ${stepFacts(b, funnel)} where label > 0 and ${ofThem}`,
    ...(funnel.order === 'strict'
      ? [`${later}, null from (\n${ofUnits(b, funnel, 'f.time', candidates(b, funnel))}\n) where ${ofThem}`]
      : []),
  ].join('\nunion all\n')
}

/** Conditions on a unit that has not reached the last step: it still can, or it could not be followed past its day. */
const unfinished = (b: Builder, funnel: Funnel): { readonly waiting: string; readonly lost: string } => {
  if (funnel.scope === 'session') return { waiting: 'open', lost: '0' }
  const lost = `unit > 0 and ${b.dayOf('latest')} <= ${b.lastDayOver}`
  return { waiting: `iif(unit < 0, latest + ${int(windowOf(funnel))} >= ${b.now}, not (${lost}))`, lost }
}

/**
 * Visitors or sessions with a first step in the period, a row for each `step` that they reached: how long it `took`, and
 * the `place` of that among the `n` of the group. The row of the first step says whether one that has not reached the
 * last is `waiting` or `lost`.
 */
export const funnelSteps = (funnel: Funnel): Relation => ({
  key: `funnel/${JSON.stringify(funnel)}`,
  rows: b => {
    const { groups } = b
    const later = funnel.steps.slice(1).map((_, n) => n + 1)
    const columns = `bucket${groups}, unit, begun, open, time, k`
    const times = stepTimes({ rows: timeline(b, funnel), columns }, funnel)
    const within = `<= ${int(windowOf(funnel))}`
    const { waiting, lost } = unfinished(b, funnel)
    const notDone = `one.value = 0 and t${later.length} is null`
    const partition = `partition by bucket${groups}, step`
    return `select bucket${groups}, unit as person, step, took, waiting, lost,
  row_number() over (${partition} order by took) as place, count(*) over (${partition}) as n
from (
select bucket${groups}, unit, one.value as step,
  case one.value when 0 then 0 ${later.map(step => `when ${step} then t${step}`).join(' ')} end as took,
  ${notDone} and ${waiting} as waiting, ${notDone} and ${lost} as lost
from (
select bucket${groups}, unit, begun, max(open) as open, max(time) as latest,
  ${later.map(step => `min(case when t${step} ${within} then t${step} end) as t${step}`).join(', ')}
from (
${times}
)
group by bucket${groups}, unit, begun
)
cross join json_each('${JSON.stringify([0, ...later])}') one
)
where took is not null`
  },
})
