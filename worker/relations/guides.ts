import { knownEvent } from '../../shared/events'
import { SESSION_TIMEOUT } from '../../shared/sessionRules'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { int } from './sql/int'
import { inPeriod } from './sql/shape'
import { guideFacts } from './sql/tables'
import { unitRows } from './sql/units'

const GUIDE_EVENTS = [
  knownEvent('guide_start'),
  knownEvent('guide_step'),
  knownEvent('guide_complete'),
  knownEvent('guide_dismiss'),
]

/** Guide runs that began in the period; worker/metrics/definitions/guides.ts defines a run. */
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
  min(case when name = ${complete} then time end) - min(time) as took,
  max(name in (${complete}, ${dismiss})) or max(time) + ${int(SESSION_TIMEOUT)} < ${int(b.scope.now)} as settled
from (
  select *, sum(begins) over (${order} rows unbounded preceding) as run
  from (
    select *, coalesce(time - lag(time) over (${order}) > ${int(SESSION_TIMEOUT)}, 1) as begins
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

/** No guide has more steps. */
const MOST_STEPS = 1000

const RUN_COLUMNS = ['person', 'guide', 'begin', 'completed', 'dismissed', 'furthest', 'steps', 'took', 'settled']

/** Steps that runs reached, except the last of each guide. */
const steps = (b: Builder): string =>
  b.table('steps', () => {
    const from = runs(b)
    const columns = [...RUN_COLUMNS, 'last_step'].join(', ')
    return `select ${columns}, 1 as step
from (select *, max(steps) over (partition by guide) as last_step from ${from})
where furthest >= 1 and last_step > 1
union all
select ${columns}, step + 1 from steps
where step + 1 <= furthest and step + 1 < last_step and step < ${int(MOST_STEPS)}`
  })

/** Guide runs that began in the period. */
export const GUIDE_RUNS: Relation = {
  key: 'runs',
  rows: b => unitRows(b, runs(b), 'r.completed, r.dismissed, r.settled, r.took'),
}

/** The steps that they reached. */
export const GUIDE_STEPS: Relation = { key: 'steps', rows: b => unitRows(b, steps(b), 'r.settled, r.furthest, r.step') }
