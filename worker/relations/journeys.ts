import { type EventName, knownEvent } from '../../shared/events'
import type { Rule } from '../../shared/settings'
import { DAY } from '../../shared/time'
import { ACTIVITY } from './activity'
import { firstPaying, paying } from './customers'
import { factRows } from './facts'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { eventsSinceEver } from './sql/customerEvents'
import { isNamed } from './sql/eventNames'
import { int } from './sql/int'
import { factsByRule } from './sql/rules'
import { activeDays, factsBetween } from './sql/tables'

/** Starts of journeys: rows with `bucket`, `d0` …, `person` and `began`. */
interface Start {
  readonly key: string
  rows(b: Builder): string
}

/** Outcomes of journeys: rows with `person`, `time` and `k`, the index of the rule that is met. */
interface Outcome {
  readonly key: string
  rows(b: Builder): string
}

/** Journeys that start with an event in the period. */
export const startedBy = (name: EventName): Start => ({
  key: name,
  rows: b => factRows(b, 'events', { columns: 'f.time as began', only: isNamed(b, knownEvent(name)) }),
})

/** Journeys that start with a visitor's first activity in the period. */
export const STARTED_BY_ACTIVITY: Start = {
  key: 'visit',
  rows: b => `select * from (\n${ACTIVITY.rows(b)}\n) where active`,
}

const sinceEver = (key: string, from: (b: Builder) => string): Outcome => ({
  key,
  rows: b => `select person, time, 0 as k from ${from(b)}`,
})

export const QUALIFIED = sinceEver('qualified', b => eventsSinceEver(b, [knownEvent('lead_qualified')]))
/** A person's first paying event ever. */
export const FIRST_PAYING = sinceEver('first_paying', firstPaying)
export const PAYING = sinceEver('paying', paying)

/**
 * Outcomes that meet rules, each rule with a `k` of its own.
 * @param within milliseconds after the last start; `null` for no limit
 */
export const meeting = (rules: readonly Rule[], within: number | null): Outcome => ({
  key: `meeting/${JSON.stringify(rules)}/${within}`,
  rows: b => {
    const { from, to } = b.scope.range
    const end = within === null ? Math.max(b.scope.now, to) : to + within + 1
    const onlyEvents = rules.every(rule => !('page' in rule) && !('event' in rule && rule.event === 'page_view'))
    const facts = b.table(`met_facts_${onlyEvents}_${end}`, () =>
      factsBetween(b, onlyEvents ? 'events' : 'both', from, end),
    )
    const met = factsByRule(
      b,
      facts,
      rules.map((rule, label) => ({ rule, label })),
    )
    return `select person, time, label as k from (\n${met}\n)`
  },
})

export interface Journey {
  readonly start: Start
  readonly outcome: Outcome
  /** Milliseconds after the start, inclusive; `null` for no limit. */
  readonly within: number | null
  /** How often each `k` must be met, without `took` and `seen`. Without it one outcome of any `k` is enough. */
  readonly times?: readonly number[]
}

/** Starts of the period's journeys: `bucket`, `d0` …, `person` and `time`. */
const startRows = (b: Builder, { start }: Journey): string =>
  `select bucket${b.groups}, person, min(began) as time from (
${start.rows(b)}
) where began is not null group by bucket${b.groups}, person`

/** Empty group columns, for rows in no group. */
const noGroup = (b: Builder): string => `null${b.scope.dimensions.map(() => ', null').join('')}`

/**
 * People who started in the period, once per group: `began`, whether they met the outcome in time (`met`), and the time
 * until they first did (`took`). Starts and outcomes are ordered together, so that no start needs a look-up.
 */
const journeyRows = (b: Builder, journey: Journey): string => {
  const { outcome, within } = journey
  const span = within === null ? 'unbounded' : int(within)
  return `select bucket${b.groups}, person, time as began, reached - time as took, met,
  coalesce(reached - time, max(0, ${int(b.scope.now)} - time)) as seen
from (
  select *, min(case when k is not null then time end) over onward as reached, coalesce(count(k) over span, 0) >= 1 as met
  from (
    select *, null as k from (
${startRows(b, journey)}
    )
    union all
    select ${noGroup(b)}, person, time, k from (
${outcome.rows(b)}
    ) where person < 0
  )
  window
    span as (partition by person order by time range between current row and ${span} following),
    onward as (partition by person order by time range between current row and unbounded following)
)
where k is null`
}

/** The same if each `k` must be met several times: ordered by person and `k`. */
const repeatedRows = (b: Builder, journey: Journey, times: readonly number[]): string => {
  const { outcome, within } = journey
  const span = within === null ? 'unbounded' : int(within)
  return `select bucket${b.groups}, person, time as began, min(met) as met
from (
  select *, coalesce(sum(times is null) over (
    partition by person, k order by time range between current row and ${span} following
  ), 0) >= times as met
  from (
    select one.*, needed.key as k, needed.value as times from (
${startRows(b, journey)}
    ) one
    cross join json_each(${b.bind(JSON.stringify(times))}) needed
    union all
    select ${noGroup(b)}, person, time, k, null from (
${outcome.rows(b)}
    ) where person < 0
  )
)
where times is not null
group by bucket${b.groups}, person`
}

export const journeys = (journey: Journey): Relation => ({
  key: `journeys/${journey.start.key}/${journey.outcome.key}/${journey.within}/${journey.times}`,
  rows: b => (journey.times ? repeatedRows(b, journey, journey.times) : journeyRows(b, journey)),
})

/** Completed guides, with the same `k` for all. */
const completedGuides = (b: Builder, guide: string | null, within: number, k: number): string => {
  const { from, to } = b.scope.range
  const only = guide === null ? '' : `\nwhere properties->>'guide_id' = ${b.bind(guide)}`
  return `select person, time, ${int(k)} as k from (
${factsBetween(b, 'events', from, to + within + 1, isNamed(b, knownEvent('guide_complete')))}
)${only}`
}

/**
 * People who signed up in the period: whether they met the rule (`met`) and completed a guide (`guided`) within the
 * window after it.
 * @param guide one guide; `null` for any
 */
export const guidedSignUps = (rule: Rule, guide: string | null, within: number): Relation => {
  const value = meeting([rule], within)
  return {
    key: `guided_sign_ups/${value.key}/${guide}`,
    rows: b => `select bucket${b.groups}, person, time as began, met, guided
from (
  select *, coalesce(sum(k = 0) over span, 0) > 0 as met, coalesce(sum(k = 1) over span, 0) > 0 as guided
  from (
    select *, null as k from (
${startRows(b, { start: startedBy('sign_up'), outcome: value, within })}
    )
    union all
    select ${noGroup(b)}, person, time, k from (
${value.rows(b)}
union all
${completedGuides(b, guide, within, 1)}
    ) where person < 0
  )
  window span as (partition by person order by time range between current row and ${int(within)} following)
)
where k is null`,
  }
}

/** Sign-ups of the period: the local day `day0`, and the number of active days in the `window` days from it on. */
export const signUpDays = (window: number): Relation => ({
  key: `sign_up_days/${window}`,
  rows: b => {
    const groups = b.groups
    const none = b.scope.dimensions.map(() => ', null').join('')
    const { firstDay, lastDay } = b.scope.range
    return `select bucket${groups}, person, day as day0, days
from (
  select *, coalesce(sum(active) over (
    partition by person order by day range between current row and ${int(window - 1)} following
  ), 0) as days
  from (
    select bucket${groups}, person, ${b.dayOf('min(began)')} as day, null as active from (
${startedBy('sign_up').rows(b)}
    ) group by bucket${groups}, person
    union all
    select null${none}, person, day, 1 from (
${activeDays(b, firstDay, lastDay + window)}
    )
  )
)
where active is null`
  },
})

/** Days in milliseconds. */
export const inDays = (days: unknown): number => Number(days) * DAY
