import { viewsBetween } from '../../relations/sql/tables'
import { column, happened, ORIGIN, pageColumns, plain, SESSION, seconds, VISITOR } from '../column'
import type { ExportTable } from '../exportTable'

const REPORTED = ['lcp', 'inp', 'cls'].map(name => `nullif(v.${name}, -1) as ${name}`).join(', ')

export const PAGEVIEWS: ExportTable = {
  name: 'pageviews',
  help: 'A row for each page view, on the day it began.',
  stored: 'views',
  rowsAtOnce: 2_500,
  isOfSessions: true,
  columns: [
    ...happened('the page view began'),
    SESSION,
    ...VISITOR,
    ...pageColumns(),
    ...ORIGIN,
    seconds('engaged_seconds', 'How long the page was visible.', 'seen'),
    plain('scroll_percent', 'integer', 'How far the page was scrolled; null if nobody reported it.', 'depth'),
    plain('clicks', 'integer', 'Clicks on interactive elements; null if nobody reported them.'),
    seconds('lcp_seconds', 'Largest Contentful Paint.', 'lcp'),
    seconds('inp_seconds', 'Interaction to Next Paint.', 'inp'),
    column('cls', 'number', 'Cumulative Layout Shift.', ({ values }) =>
      values.cls === null ? null : Number(values.cls) / 10_000,
    ),
  ],
  rows: b => `select person, time, id, page, source, place, device, seen, depth, clicks, lcp, inp, cls from (
${viewsBetween(b, `, v.source, v.place, v.device, ${REPORTED}`)}
)`,
}
