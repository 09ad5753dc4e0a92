import type { ToolFigures } from '../toolFigures.ts'
import { listOf, type MatomoObject, textOf } from './matomoObject.ts'

/** Types of actions that count for a visit. */
const ACTIONS = new Set(['action', 'event', 'search', 'outlink', 'download'])

/** Days of the site's time zone, into which Matomo moves the times of actions. */
const dayOf = (action: MatomoObject): string | null => {
  const time = Number(textOf(action.timestamp) || Number.NaN) * 1000
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString().slice(0, 10) : null
}

/**
 * Counts a visit as Matomo does: on the day of its last action, as a bounce if it has no more than one.
 * @see https://matomo.org/faq/general/faq_36/
 */
export const countMatomo = (visit: MatomoObject, figures: ToolFigures): void => {
  const actions = listOf(visit.actionDetails)
  for (const action of actions) {
    const day = textOf(action.type) === 'action' ? dayOf(action) : null
    if (day !== null) figures.addView(day)
  }
  const last = actions.map(dayOf).findLast(day => day !== null)
  if (!last) return
  const visitor = textOf(visit.visitorId) || textOf(visit.fingerprint)
  const id = textOf(visit.idVisit)
  if (visitor !== '') figures.addVisitor(last, visitor)
  figures.addSession(last, id)
  const counted = Number(textOf(visit.actions) || actions.filter(({ type }) => ACTIONS.has(textOf(type))).length)
  if (counted > 1) figures.keep(last, id)
}
