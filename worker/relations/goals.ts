import type { Goal } from '../../shared/settings'
import { ACTIVITY } from './activity'
import { factRows } from './facts'
import type { Relation } from './relation'
import { SESSIONS } from './sessions'
import type { Builder } from './sql/builder'
import { isNamed } from './sql/eventNames'
import { factKindOf } from './sql/factKindOf'
import { factsMeeting } from './sql/factsMeeting'
import { groupsWith } from './sql/groupsWith'
import { isOneOf } from './sql/isOneOf'
import { facts, heldFacts, inPart, parts } from './sql/tables'

const GOAL = 'goal'

/** The page views and events of the period that can reach goals. */
const candidates = (b: Builder, goals: readonly Goal[]): string => {
  const kind = factKindOf(goals)
  const ids = goals.flatMap(goal => ('event' in goal ? [b.eventId(goal.event)] : []))
  return facts(b, kind, kind === 'events' ? isNamed(b, ...ids) : '', false)
}

/** Page views and events of the period, once for each goal they reach, with its index as `label`. */
export const goalRows = (b: Builder, goals: readonly Goal[]): string => factsMeeting(b, candidates(b, goals), goals)

/** The same in the groups of the query. */
const reachedRows = (b: Builder, goals: readonly Goal[]): string =>
  factRows(b, factKindOf(goals), { columns: 'f.label', from: goalRows(b, goals) })

const idsOf = (b: Builder, goals: readonly Goal[]): string => b.bind(JSON.stringify(goals.map(({ id }) => id)))

/** The columns of the query's groups over rows with `label`, and the join that repeats rows for each goal. */
interface Groups {
  readonly columns: string
  /** Empty unless the query is by goal. */
  readonly repeat: string
}

/** Runs with the dimensions of the query other than the goal. */
const byGoal = (b: Builder, goals: readonly Goal[], rows: (groups: Groups) => string): string => {
  const { dimensions } = b.scope
  const others = dimensions.filter(({ id }) => id !== GOAL)
  const isByGoal = others.length < dimensions.length
  const ids = isByGoal ? idsOf(b, goals) : ''
  const groups: Groups = {
    columns: groupsWith(dimensions, GOAL, `(${ids}->>label)`),
    repeat: isByGoal ? ` cross join json_each(${ids}) one` : '',
  }
  return b.narrowed(others, () => rows(groups))
}

/** Page views and events that reach goals, once for each goal: what it is `worth`. */
export const goalConversions = (goals: readonly Goal[]): Relation => ({
  key: `goal_conversions/${JSON.stringify(goals)}`,
  rows: b =>
    byGoal(b, goals, ({ columns }) => {
      const values = b.bind(JSON.stringify(goals.map(({ value = 0 }) => value)))
      return `select bucket${columns}, person, ${values}->>label as worth from (
${reachedRows(b, goals)}
)`
    }),
})

/**
 * Active visitors and those who reached goals: `active` and `reached`. By goal, each group holds all active visitors, as
 * any of them could have reached it.
 */
export const goalVisitors = (goals: readonly Goal[]): Relation => ({
  key: `goal_visitors/${JSON.stringify(goals)}`,
  rows: b =>
    byGoal(
      b,
      goals,
      ({ columns, repeat }) => `select bucket${columns}, person, active, open, reached from (
select bucket${b.groups}, person, active, open, 0 as reached, ${repeat ? 'one.key' : 'null'} as label from (
${ACTIVITY.rows(b)}
)${repeat}
union all
select bucket${b.groups}, person, 0, 0, 1, label from (
${reachedRows(b, goals)}
)
)`,
    ),
})

/** Sessions in which goals were reached. */
const holders = (b: Builder, goals: readonly Goal[]): string =>
  b.table(
    b.nameOf('goal_holders', JSON.stringify(goals)),
    () => `select distinct s.person as owner, s.begin as owner_begin, f.label
from ${factsMeeting(b, heldFacts(b), goals)} f
cross join ${parts(b)} s on ${inPart('f.person', 'f.time')}`,
  )

/** Sessions, and whether goals were `reached` in them. By goal, each group holds all sessions. */
export const goalSessions = (goals: readonly Goal[]): Relation => ({
  key: `goal_sessions/${JSON.stringify(goals)}`,
  rows: b =>
    byGoal(b, goals, ({ columns, repeat }) => {
      const label = repeat ? ', label' : ''
      const list = `select owner, owner_begin${label} from ${holders(b, goals)}`
      const reached = isOneOf(`(person, begin${label})`, list)
      return `select bucket${columns}, person, open, ${reached} as reached from (
select bucket${b.groups}, person, begin, open${repeat ? ', one.key as label' : ''} from (
${SESSIONS.rows(b)}
)${repeat}
)`
    }),
})
