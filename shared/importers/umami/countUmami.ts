import { databaseTime } from '../databaseTime.ts'
import type { ReadCell } from '../tablePart.ts'
import type { ToolFigures } from '../toolFigures.ts'

/** The event_type of a page view. */
const VIEW = '1'

const isView = (table: string, row: readonly string[], cell: ReadCell): boolean =>
  table === 'website_event' ? (cell(row, 'event_type') || VIEW) === VIEW : cell(row, 'view_id') !== ''

/**
 * Counts a row as Umami does: of page views only, visitors by session and visits by their id, which v1 lacks. A visit with one
 * page view is a bounce.
 * @see https://github.com/umami-software/umami/blob/master/src/queries/sql/getWebsiteStats.ts
 */
export const countUmami = (table: string, row: readonly string[], cell: ReadCell, figures: ToolFigures): void => {
  const time = isView(table, row, cell) ? databaseTime(cell(row, 'created_at')) : Number.NaN
  if (Number.isNaN(time)) return
  const day = figures.dayOf(time)
  const visit = cell(row, 'visit_id')
  figures.addView(day)
  figures.addVisitor(day, cell(row, 'session_id'))
  if (visit !== '' && !figures.addSession(day, visit)) figures.keep(day, visit)
}
