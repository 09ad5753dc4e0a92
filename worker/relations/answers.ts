import { knownEvent } from '../../shared/events'
import { factRows } from './facts'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { isNamed } from './sql/eventNames'
import { factsBetween } from './sql/tables'

/**
 * Of the answers of one person to one survey in the period, the last. `likely`, as SQLite else expects a handful
 * of answers, and looks for the session of each in all sessions.
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
