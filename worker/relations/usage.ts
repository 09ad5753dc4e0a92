import { ACTIVITY } from './activity'
import { type Feature, useRows } from './features'
import type { Relation } from './relation'
import { SESSIONS } from './sessions'
import type { Builder } from './sql/builder'
import type { SessionCondition } from './terms'

/** The number of days of a row's bucket that have begun. */
const daysOfBucket = (b: Builder): string => {
  const days = Object.fromEntries(b.scope.ends.map(({ key, days }) => [`b${key}`, days]))
  return `(${b.bind(JSON.stringify(days))} ->> ('b' || bucket))`
}

/**
 * The parts of a visitor's score: active `day`s, `session`s and which of them are `engaged`, used `feature`s; and
 * `days`, the number of days of the bucket that have begun.
 */
export const usage = (features: readonly Feature[], engaged: SessionCondition): Relation => ({
  key: `usage/${JSON.stringify(features)}`,
  rows: b => {
    const groups = b.groups
    b.needs(...engaged.columns)
    return `select *, ${daysOfBucket(b)} as days from (
select bucket${groups}, person, day, 0 as session, 0 as engaged, null as feature from (
${ACTIVITY.rows(b)}
)
union all
select bucket${groups}, person, null, 1, ${engaged.sql(b)}, null from (
${SESSIONS.rows(b)}
)
union all
select bucket${groups}, person, null, 0, 0, label from (
${useRows(b, features)}
)
)`
  },
})
