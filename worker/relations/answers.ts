import { knownEvent } from '../../shared/events'
import { factRows } from './facts'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { isNamed } from './sql/eventNames'
import { factsBetween } from './sql/tables'

/**
 * The last answer of each person to each survey in the period. Without `likely` SQLite expects a handful of answers,
 * and scans all sessions for the session of each.
 * @see https://www.sqlite.org/lang_corefunc.html#likely
 */
const answers = (b: Builder, kind: string): string =>
  b.table(`answers_${kind}`, () => {
    const { from, to } = b.scope.range
    return `select * from (
  select *, properties->>'score' as score, row_number() over (
    partition by person, coalesce(cast(properties->>'survey_id' as text), '') order by time desc, properties->>'score' desc, id
  ) as place
  from (
${factsBetween(b, 'events', from, to, isNamed(b, knownEvent('survey_response')))}
  )
  where likely(properties->>'kind' = '${kind}')
)
where likely(place = 1)`
  })

/** Answers to surveys of a kind, with their `score`. */
export const answersTo = (kind: 'nps' | 'csat'): Relation => ({
  key: `answers/${kind}`,
  rows: b => factRows(b, 'events', { columns: 'f.score', from: answers(b, kind) }),
})
