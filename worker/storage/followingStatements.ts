import { SESSION_TIMEOUT } from '../../shared/sessionRules'
import { dayOf } from '../lib/calendar'
import { jsonChunks } from './chunks'
import { type SqlStatement, statement } from './database'
import type { FactRow } from './factRow'
import { hourOf } from './factRows'
import type { SiteConfig } from './siteConfig'
import dirtyMarkFollowing from './sql/dirty.mark_following.sql'

/** When an event's session can go on at the latest. */
const endOf = (fact: FactRow): number => fact.time + (fact.kind === 'view' ? fact.seen : 0) + SESSION_TIMEOUT

/** The statements that make sessions stale which go on after midnight, when events before it are added or removed. */
export const followingStatements = (
  { id, timezone }: Pick<SiteConfig, 'id' | 'timezone'>,
  facts: readonly FactRow[],
): SqlStatement[] => {
  const late = facts.filter(fact => fact.visitor > 0 && dayOf(fact.time, timezone) !== dayOf(endOf(fact), timezone))
  const spans = late.map(fact => [fact.visitor, hourOf(fact.time), hourOf(endOf(fact))])
  return jsonChunks(spans).map(chunk => statement(dirtyMarkFollowing, id, chunk))
}
