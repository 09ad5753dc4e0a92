import type { ToolFigures } from '../toolFigures.ts'
import { type Ga4Row, parametersOf, textAt } from './ga4Row.ts'

/** `20260131`, in the property's time zone. */
const dayOf = (row: Ga4Row): string | null => {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(textAt(row, 'event_date')) ?? []
  return year === undefined ? null : `${year}-${month}-${day}`
}

/**
 * Counts a row as Google does, by the days of the property. A session that no event calls engaged is a bounce.
 * @see https://support.google.com/analytics/answer/12195621
 */
export const countGa4 = (row: Ga4Row, figures: ToolFigures): void => {
  const day = dayOf(row)
  const platform = textAt(row, 'platform')
  if (day === null || (platform !== '' && platform !== 'WEB')) return
  if (textAt(row, 'event_name') === 'page_view') figures.addView(day)
  const visitor = textAt(row, 'user_pseudo_id')
  if (visitor === '') return
  figures.addVisitor(day, visitor)
  const parameters = parametersOf(row)
  const session = parameters.get('ga_session_id')
  if (session === undefined) return
  const id = `${visitor} ${session}`
  figures.addSession(day, id)
  if (String(parameters.get('session_engaged') ?? '') === '1') figures.keep(day, id)
}
