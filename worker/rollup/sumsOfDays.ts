import { startOfDay } from '../calendar'
import { Asking } from '../metrics/asking'
import { reaches } from '../metrics/compile/reaches'
import type { Scope } from '../metrics/compile/scope'
import { statements } from '../metrics/compile/statements'
import type { Dimension } from '../metrics/dimensions'
import type { Range } from '../metrics/period'
import { Reads } from '../metrics/reads'
import { withinFacts } from '../metrics/sums/kept'
import { everyRolledMeasure } from '../metrics/sums/measures'
import { textsOf } from '../metrics/sums/text'
import { PAUSE } from '../settle/sessionize'
import type { Site } from '../store/sites'
import visitsSelectEnd from '../store/sql/visits.select_end.sql'

const HOUR = 3_600_000

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
export type SumsRow = readonly [day: number, part: number, reach: number | null, cells: string]

/** Until when the sessions of stored visits that began in a range hold anything: half an hour after their last activity. */
const endOf = async (asking: Asking, { from, to }: Range): Promise<number> => {
  const [row] = await asking.all(visitsSelectEnd, [
    asking.site.id,
    Math.floor(from / HOUR),
    Math.floor(to / HOUR),
    from,
    to,
  ])
  return Math.max(to, Number(row?.end ?? 0) + PAUSE + 1)
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
  const range = withinFacts(days, facts)
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
export const sumsOfDays = async (
  db: D1Database,
  site: Site,
  days: Days,
  dimension: Dimension | null,
): Promise<SumsRow[]> => {
  const asking = new Asking(new Reads(db), site)
  const scope = await scopeOfDays(asking, days, dimension)
  const measures = everyRolledMeasure(site.settings, dimension)
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
  const rows: SumsRow[] = []
  for (let day = days.first; day <= days.last; day++) {
    for (const [part, text] of textsOf(measures, byDay.get(day) ?? []).entries()) {
      rows.push([day, part, reach.get(day) ?? null, text])
    }
  }
  return rows
}
