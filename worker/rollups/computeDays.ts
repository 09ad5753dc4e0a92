import { SESSION_TIMEOUT } from '../../shared/sessionRules'
import { HOUR } from '../../shared/time'
import { startOfDay } from '../lib/calendar'
import type { Range } from '../lib/timeRange'
import type { Dimension } from '../metrics/dimensions'
import { Asking } from '../query/asking'
import { reaches } from '../query/compile/reaches'
import { statements } from '../query/compile/statements'
import { Reads } from '../query/reads'
import type { Scope } from '../relations/sql/scope'
import type { Database } from '../storage/database'
import type { Site } from '../storage/sites'
import visitsSelectEnd from '../storage/sql/visits.select_end.sql'
import { withinRetained } from './coverage'
import { rollupTextsOf } from './rollupText'
import { everyStoredMeasure } from './storedMeasures'

/** Local days, both included. */
export interface Days {
  readonly first: number
  readonly last: number
  /** When the first session began that can hold something of them, where it is known. */
  readonly reach?: number | undefined
  /** Until when their sessions hold anything, where it is known. */
  readonly heldTo?: number
}

/** A row of `sums`: day, part, reach, cells. */
export type ComputedRow = readonly [day: number, part: number, reach: number | null, cells: string]

/** Until when the sessions of stored visits that began in a range hold anything: half an hour after their last activity. */
const endOf = async (asking: Asking, { from, to }: Range): Promise<number> => {
  const [row] = await asking.all(visitsSelectEnd, [
    asking.site.id,
    Math.floor(from / HOUR),
    Math.floor(to / HOUR),
    from,
    to,
  ])
  return Math.max(to, Number(row?.end ?? 0) + SESSION_TIMEOUT + 1)
}

/** Everything of these days that is stored, by a dimension or in total. */
export const scopeOfDays = async (
  asking: Asking,
  { first, last, reach, heldTo }: Days,
  dimension: Dimension | null,
): Promise<Scope> => {
  const { id, timezone: zone, settings } = asking.site
  const { hasIdentities, formerEvents, facts } = await asking.state()
  const days = { from: startOfDay(first, zone), to: startOfDay(last + 1, zone), firstDay: first, lastDay: last }
  const range = withinRetained(days, facts)
  return {
    site: id,
    zone,
    now: startOfDay(last + 1, zone),
    range,
    ...(reach !== undefined && { reach }),
    heldTo: heldTo ?? (await endOf(asking, range)),
    // Of one day nothing has to be sorted by day.
    granularity: first === last ? null : 'day',
    dimensions: dimension ? [dimension] : [],
    filters: [],
    removed: null,
    added: null,
    hasIdentities,
    formerEvents,
    customEvents: await asking.customEvents({ metrics: [] }),
    currencies: new Map(),
    settings,
    users: new Map(),
    ends: [],
  }
}

/** The sums of days that are over and settled, by a dimension or in total. */
export const computeDays = async (
  db: Database,
  site: Site,
  days: Days,
  dimension: Dimension | null,
): Promise<ComputedRow[]> => {
  const asking = new Asking(new Reads(db), site)
  const scope = await scopeOfDays(asking, days, dimension)
  const measures = everyStoredMeasure(site.settings, dimension)
  const cells = await asking.cells(
    statements(
      scope,
      measures.map(({ measureOf }, metric) => ({ metric, place: 0, measureOf })),
      day => (days.first === days.last ? 0 : day),
      'lasting',
    ),
  )
  const reach = dimension === null ? await asking.reaches(reaches(scope)) : new Map<number, number>()
  const byDay = Map.groupBy(cells, ({ bucket }) => (days.first === days.last ? days.first : bucket))
  const rows: ComputedRow[] = []
  for (let day = days.first; day <= days.last; day++) {
    for (const [part, text] of rollupTextsOf(measures, byDay.get(day) ?? []).entries()) {
      rows.push([day, part, reach.get(day) ?? null, text])
    }
  }
  return rows
}
