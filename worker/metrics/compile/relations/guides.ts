import { knownEvent } from '../../../../shared/events'
import type { Builder } from '../builder'
import { int } from '../int'
import type { Relation } from '../relation'
import { inPeriod } from '../shape'
import { guideFacts, PAUSE } from '../tables'
import { unitRows } from '../units'

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
  min(case when name = ${complete} then time end) - min(time) as took,
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

/** Guide runs begun in the period. */
export const RUNS: Relation = {
  key: 'runs',
  rows: b => unitRows(b, runs(b), 'r.completed, r.dismissed, r.settled, r.took'),
}

/** The steps they reached. */
export const STEPS: Relation = { key: 'steps', rows: b => unitRows(b, steps(b), 'r.settled, r.furthest, r.step') }
