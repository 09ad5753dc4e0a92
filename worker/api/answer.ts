import type { Answer } from '../../shared/question'
import { answer as answerPlan, type Overlay } from '../metrics/answer'
import type { Plan } from '../metrics/question'
import type { Visit } from '../settle/sessionize'
import { overlay } from '../settle/settle'
import { isOpen } from '../settle/unsettled'
import type { Site } from '../store/sites'

const HOUR = 3_600_000

const removedRow = ({ begin, visitor }: Visit): unknown[] => [Math.floor(begin / HOUR), visitor, begin % HOUR]

/** In the order of metrics/compile/tables.ts. */
const addedRow = (visit: Visit, now: number): unknown[] => [
  visit.visitor,
  visit.begin,
  visit.next,
  visit.last,
  visit.duration,
  visit.cut,
  visit.seen,
  visit.views,
  visit.clicks,
  visit.actions,
  visit.events,
  visit.entry,
  visit.exit,
  visit.source,
  visit.place,
  visit.device,
  isOpen(visit, now) ? 1 : 0,
]

const readOverlay = async (db: D1Database, site: number, now: number): Promise<Overlay> => {
  const difference = await overlay(db, site, now)
  return {
    removed: difference.remove.map(removedRow),
    added: difference.add.map(session => addedRow(session, now)),
    version: difference.version,
    rowsRead: difference.rowsRead,
  }
}

/** Answers a plan at a time: where settling and metrics meet. */
export const answer = (db: D1Database, site: Site, plan: Plan, now: number): Promise<Answer> =>
  answerPlan(db, site, plan, now, () => readOverlay(db, site.id, now))
