import type { Answer } from '../../shared/question'
import { answers } from '../query/answer'
import type { LiveDelta } from '../query/liveDelta'
import type { ParsedQuery } from '../query/parse/parseQuery'
import { isOpen } from '../sessions/deriveDelta'
import { sessionRow } from '../sessions/sessionRow'
import { readLiveDelta } from '../sessions/settle'
import { sessionKeyValues } from '../sessions/storedSession'
import type { Database } from '../storage/database'
import type { Site } from '../storage/sites'

const readOverlay = async (db: Database, site: number, now: number): Promise<LiveDelta> => {
  const difference = await readLiveDelta(db, site, now)
  return {
    removed: difference.remove.map(sessionKeyValues),
    gone: difference.remove.map(visit => sessionRow(visit, false)),
    added: difference.add.map(session => sessionRow(session, isOpen(session, now))),
    touched: difference.touched,
    marked: difference.marked,
    version: difference.version,
    rowsRead: difference.rowsRead,
  }
}

/** Answers plans at a time, or says why one has no answer, all from one state of the site: where settling and metrics meet. */
export const answerEach = (
  db: Database,
  site: Site,
  plans: readonly ParsedQuery[],
  now: number,
): Promise<PromiseSettledResult<Answer>[]> => answers(db, site, plans, now, () => readOverlay(db, site.id, now))

/** Answers plans none of which may fail. */
export const answerAll = async (
  db: Database,
  site: Site,
  plans: readonly ParsedQuery[],
  now: number,
): Promise<Answer[]> =>
  (await answerEach(db, site, plans, now)).map(found => {
    if (found.status === 'rejected') throw found.reason
    return found.value
  })

/** Answers one plan. */
export const answer = async (db: Database, site: Site, plan: ParsedQuery, now: number): Promise<Answer> => {
  const [found] = await answerAll(db, site, [plan], now)
  if (!found) throw new Error('one question has one answer')
  return found
}
