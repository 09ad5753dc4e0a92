import type { Answer } from '../shared/question'
import { answers } from './query/answer'
import type { LiveDelta } from './query/liveDelta'
import type { ParsedQuery } from './query/parse/parseQuery'
import { isOpen } from './sessions/deriveDelta'
import { sessionRow } from './sessions/sessionRow'
import { readLiveDelta } from './sessions/settle'
import { sessionKeyValues } from './sessions/storedSession'
import type { Database } from './storage/database'
import type { SiteConfig } from './storage/siteConfig'

const liveDeltaOf = async (db: Database, site: number, now: number): Promise<LiveDelta> => {
  const difference = await readLiveDelta(db, site, now)
  return {
    removed: difference.remove.map(sessionKeyValues),
    gone: difference.remove.map(session => sessionRow(session, false)),
    added: difference.add.map(session => sessionRow(session, isOpen(session, now))),
    touched: difference.touched,
    marked: difference.marked,
    version: difference.version,
    rowsRead: difference.rowsRead,
  }
}

/** Answers queries from one state of the site, or says why one has no answer. Here sessions and metrics meet. */
export const answerQueries = (
  db: Database,
  site: SiteConfig,
  queries: readonly ParsedQuery[],
  now: number,
): Promise<PromiseSettledResult<Answer>[]> => answers(db, site, queries, now, () => liveDeltaOf(db, site.id, now))
