import { HOUR } from '../../../shared/time'
import type { Builder } from './builder'
import { int } from './int'
import { reachingSessions, viewsBetween } from './tables'

/** The last activity of a session begins less than 24 hours after the session. */
const MOST_HOURS = 25

/** For each hour and each of the two visitor ids of a session over midnight, twice the hour, plus 1 for the second id. */
const lookups = (hours: number, ids: 1 | 2): string =>
  `'${JSON.stringify(Array.from({ length: hours * ids }, (_, index) => (ids === 1 ? 2 * index : index)))}'`

/**
 * Sessions `s` and their page views `f`, found by the key of `views`. Looking up the session of each page view would read
 * twice as many rows, and six times as many where a filter leaves few sessions.
 * @param joins of the sessions
 * @param more further columns of the page views
 */
export const viewsOfSessions = (b: Builder, joins: readonly string[], more = ''): string => {
  b.needs('next', 'last')
  const from = reachingSessions(b)
  const [first, last] = [`s.begin / ${int(HOUR)}`, `(s.begin + s.last) / ${int(HOUR)}`]
  const either = (hours: number): string => `iif(s.next is null, ${lookups(hours, 1)}, ${lookups(hours, 2)})`
  const list = `case ${last} - ${first} when 0 then ${either(1)} when 1 then ${either(2)} else ${lookups(MOST_HOURS, 2)} end`
  return [
    `${from} s`,
    ...joins,
    `cross join json_each(${list}) look on ${first} + look.value / 2 <= ${last}`,
    `cross join (${viewsBetween(b, `, v.hour, v.visitor${more}`)}) f on f.hour = ${first} + look.value / 2
  and f.visitor = iif(look.value % 2 = 0, s.person, s.next) and f.time between s.begin and s.begin + s.last`,
  ].join('\n')
}
