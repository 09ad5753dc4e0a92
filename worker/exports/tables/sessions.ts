import { BOUNCED } from '../../metrics/definitions/bounced'
import type { Builder } from '../../relations/sql/builder'
import { SESSION_COLUMNS } from '../../relations/sql/sessionColumns'
import { sessions } from '../../relations/sql/tables'
import { column, flag, happened, ORIGIN, OWN_SESSION, plain, seconds, VISITOR } from '../column'
import type { ExportColumn } from '../exportColumn'
import type { ExportTable } from '../exportTable'

/** Columns that say whether a session holds an event. */
const HOLDS = [
  ['has_view_item', 'view_item'],
  ['has_add_to_cart', 'add_to_cart'],
  ['has_begin_checkout', 'begin_checkout'],
  ['has_purchase', 'purchase'],
] as const

/** Columns that say whether a session bounced, by the rule of `bounce_rate`. */
const BOUNCES = [
  ['bounced', 'single_interaction'],
  ['bounced_single_page', 'single_page'],
  ['bounced_engaged', 'engaged'],
] as const

const pageOf = (which: 'entry' | 'exit', help: string): ExportColumn =>
  column(`${which}_page`, 'text', help, ({ values }, { text }) => text('pages', values[which], 'path'))

const conditions = (b: Builder): string =>
  [
    ...BOUNCES.map(([name, rule]) => `${BOUNCED[rule]?.sql(b)} as ${name}`),
    ...HOLDS.map(([name, event]) => `${b.sessionMeets({ event })} as ${name}`),
    `${b.sessionMeets(...b.conversions)} as converted`,
  ].join(',\n  ')

export const SESSIONS: ExportTable = {
  name: 'sessions',
  help: 'A row for each session that is over, on the day it began.',
  stored: 'visits',
  rowsAtOnce: 2_500,
  isOfSessions: false,
  columns: [
    ...happened('the session began'),
    OWN_SESSION,
    ...VISITOR,
    seconds('duration_seconds', 'From the start of its first activity to the end of its last.', 'duration'),
    seconds('engaged_seconds', 'How long its pages were visible.', 'seen'),
    plain('page_views', 'integer', 'Its page views.', 'views'),
    plain('actions', 'integer', 'Its interactive events other than page views.'),
    plain('clicks', 'integer', 'Its clicks on interactive elements; null if nobody reported them.'),
    column('hostname', 'text', 'Host of its first page.', ({ values }, { text }) =>
      text('pages', values.entry, 'hostname'),
    ),
    pageOf('entry', 'Path of its first page.'),
    pageOf('exit', 'Path of its last page.'),
    ...ORIGIN,
    ...BOUNCES.map(([name, rule]) => flag(name, `Whether it bounced, by \`rule=${rule}\`: ${BOUNCED[rule]?.words}.`)),
    flag('converted', 'Whether it holds a conversion.'),
    ...HOLDS.map(([name, event]) => flag(name, `Whether it holds the event ${event}.`)),
  ],
  rows: b => {
    b.needs(...SESSION_COLUMNS)
    return `select person, begin as time, 0 as id, duration, seen, views, actions, clicks, entry, exit, source, place, device,
  ${conditions(b)}
from ${sessions(b)}
where not open`
  },
}
