import type { Answer } from '../shared/question'
import { type Answering, answers } from './query/answer'
import type { Query } from './query/parse/query'
import type { LiveDelta } from './query/plan/liveDelta'
import { isOpen } from './sessions/deriveDelta'
import { sessionRow } from './sessions/sessionRow'
import { settleAndReadLiveDelta } from './sessions/settle'
import { sessionKeyValues } from './sessions/storedSession'
import type { Database } from './storage/database'
import type { SiteConfig } from './storage/siteConfig'

const liveDeltaOf = async (db: Database, site: number, now: number): Promise<LiveDelta> => {
  const difference = await settleAndReadLiveDelta(db, site, now)
  return {
    retractedKeys: difference.remove.map(sessionKeyValues),
    retracted: difference.remove.map(session => sessionRow(session, false)),
    added: difference.add.map(session => sessionRow(session, isOpen(session, now))),
    staleHours: difference.touched,
    lateHours: difference.marked,
    version: difference.version,
    rowsRead: difference.rowsRead,
  }
}

/** What queries of a site are answered from. Here sessions and metrics meet. */
export const answeringOf = (db: Database, site: SiteConfig, now: number): Answering => ({
  db,
  site,
  now,
  readDelta: () => liveDeltaOf(db, site.id, now),
})

/** Answers queries from one state of the site, or says why one has no answer. */
export const answerQueries = (
  db: Database,
  site: SiteConfig,
  queries: readonly Query[],
  now: number,
): Promise<PromiseSettledResult<Answer>[]> => answers(answeringOf(db, site, now), queries)
