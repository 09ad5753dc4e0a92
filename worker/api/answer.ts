import type { Answer } from '../../shared/question'
import { answer as answerPlan, type Overlay } from '../metrics/answer'
import type { Plan } from '../metrics/question'
import type { Visit } from '../settle/sessionize'
import { overlay } from '../settle/settle'
import { isOpen } from '../settle/unsettled'
import { visitKeyRow, visitValues } from '../settle/visitRow'
import type { Site } from '../store/sites'

/** In the order of metrics/compile/tables.ts. */
const addedRow = (visit: Visit, now: number): unknown[] => [
  visit.visitor,
  visit.begin,
  ...visitValues(visit),
  isOpen(visit, now) ? 1 : 0,
]

const readOverlay = async (db: D1Database, site: number, now: number): Promise<Overlay> => {
  const difference = await overlay(db, site, now)
  return {
    removed: difference.remove.map(visitKeyRow),
    added: difference.add.map(session => addedRow(session, now)),
    version: difference.version,
    rowsRead: difference.rowsRead,
  }
}

/** Answers a plan at a time: where settling and metrics meet. */
export const answer = (db: D1Database, site: Site, plan: Plan, now: number): Promise<Answer> =>
  answerPlan(db, site, plan, now, () => readOverlay(db, site.id, now))
