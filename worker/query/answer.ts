import type { Answer } from '../../shared/question'
import { formatDay } from '../lib/calendar'
import type { Range } from '../lib/timeRange'
import type { Scope } from '../relations/sql/scope'
import { readRollups } from '../rollups/readRollups'
import type { Part } from '../rollups/readToday'
import type { Database } from '../storage/database'
import type { Site } from '../storage/sites'
import { Asking, type QueryState } from './asking'
import { bucketsFor } from './buckets'
import { countExcluded } from './countExcluded'
import { type ErrorsIn, errorsOf, failedMetrics } from './failures'
import { FAILED, factsGone, reader, withheldReadings } from './finish/reader'
import { orderedGroups, rowsOf, type Side } from './finish/rows'
import type { LiveDelta } from './liveDelta'
import { type Found, type Measuring, measuredOf, measuring, wantedOf } from './measuring'
import { currenciesOf } from './parse/currenciesOf'
import type { ParsedQuery } from './parse/parseQuery'
import { previousPeriod, resolvePeriod } from './parse/period'
import { understood } from './parse/understood'
import { cellsOfPieces } from './pieces'
import { Reads, type SqlQuery } from './reads'

/** How often an answer is begun again because a settling came in between. */
const TRIES = 5

/** What is known of the visits when questions are answered. */
interface Settled {
  readonly state: QueryState
  readonly overlay: LiveDelta
  /** JSON texts of the overlay: see Scope. */
  readonly removed: string | null
  readonly added: string | null
}

/** What every question of a moment is answered from. */
interface Moment {
  readonly site: Site
  readonly now: number
  readonly settled: Promise<Settled>
}

const textOf = (rows: readonly unknown[]): string | null => (rows.length > 0 ? JSON.stringify(rows) : null)

const scopeOf = async (
  asking: Asking,
  plan: ParsedQuery,
  range: Range,
  before: Range | null,
  { site, now, settled }: Moment,
): Promise<Scope> => {
  const [{ state, removed, added }, customEvents, currencies, users] = await Promise.all([
    settled,
    asking.customEvents(plan),
    currenciesOf(asking, plan, range, before),
    asking.users(plan),
  ])
  return {
    site: site.id,
    zone: site.timezone,
    now,
    range,
    granularity: plan.granularity,
    dimensions: plan.dimensions,
    filters: plan.filters,
    removed,
    added,
    hasIdentities: state.hasIdentities,
    customEvents,
    formerEvents: state.formerEvents,
    currencies,
    settings: site.settings,
    users,
    ends: [],
  }
}

/** A side of an answer whose parts are still to be asked. */
type Asked = Omit<Side, 'measured' | 'read'> & Measuring & { readonly scope: Scope }

/** The period before, unless it begins before the first data: growth from days without the tag would say nothing. */
const comparable = async (asking: Asking, asked: Promise<Asked>): Promise<Asked | null> => {
  const [before, firstDay] = await Promise.all([asked, asking.firstDay()])
  const from = before.range.firstDay
  if (firstDay !== null && from >= firstDay) return before
  const why =
    firstDay === null
      ? 'this site has no data yet'
      : `the previous period begins on ${formatDay(from)}, and this site's data on ${formatDay(firstDay)}`
  asking.warnings.push(`No previous data: ${why}.`)
  return null
}

/** An answer whose parts are still to be asked. */
interface Prepared {
  readonly parts: readonly Part[]
  /** @throws the error of a statement, when no metric has an answer */
  finish(found: Found, errorsIn: ErrorsIn): Promise<Answer>
}

/** @param gone why facts are not there */
const sideOf = (plan: ParsedQuery, side: Asked, gone: string, found: Found, errorsIn: ErrorsIn): Side => ({
  ...side,
  measured: measuredOf(side.parts, found),
  read: reader(plan, side.buckets, side.scope, withheldReadings(side.gone, gone, errorsIn(side.parts))),
})

const prepare = async (asking: Asking, plan: ParsedQuery, moment: Moment): Promise<Prepared> => {
  const { site, now, settled } = moment
  const range = resolvePeriod(plan.period, site.timezone, now, plan.period === 'all' ? await asking.firstDay() : null)
  const earlier = plan.compare ? previousPeriod(range, site.timezone, now) : null
  const asked = scopeOf(asking, plan, range, earlier, moment)
  const ask = async (of: Range, granularity: ParsedQuery['granularity']): Promise<Asked> => {
    const cut = { ...plan, granularity }
    const buckets = bucketsFor(cut, of, site, now)
    const wanted = wantedOf(cut, site.settings)
    const keys = wanted.flatMap(({ rolled }) => (rolled ? [rolled.key] : []))
    const [scope, keptSince, { overlay, state }] = await Promise.all([
      asked,
      readRollups(asking, cut, of, keys),
      settled,
    ])
    const kept = keptSince(overlay, state)
    const own = { ...scope, range: of, granularity }
    const { parts, gone, lookingBack } = measuring(wanted, cut, own, buckets, kept, overlay)
    return { range: of, buckets, parts, gone, lookingBack, scope }
  }
  const grouped = plan.dimensions.length > 0
  const [current, before, whole] = await Promise.all([
    ask(range, plan.granularity),
    earlier && comparable(asking, ask(earlier, plan.granularity)),
    grouped && plan.granularity ? ask(range, null) : null,
  ])
  const warn = (positions: Iterable<number>, what: string): void => {
    const names = [...new Set(positions)].map(position => plan.metrics[position]?.metric.id)
    if (names.length > 0) asking.warnings.push(`${names.join(', ')}: ${what}`)
  }
  const { facts } = (await settled).state
  const gone = factsGone(facts, site.settings.retention_months)
  // Where they have no row of their own to say it in.
  warn([...(before?.gone ?? []), ...(grouped ? current.gone : [])], gone)
  warn(
    [...current.lookingBack, ...(before?.lookingBack ?? [])],
    `What was before ${formatDay(facts.day)} is not known, as its facts were removed.`,
  )
  const parts = [current, before, whole].flatMap(side => side?.parts ?? [])
  return {
    parts,
    finish: async (found, errorsIn) => {
      warn(failedMetrics(plan, site, errorsIn(parts)), FAILED.reason)
      const done = (side: Asked): Side => sideOf(plan, side, gone, found, errorsIn)
      const [now, then] = [done(current), before && done(before)]
      const all = whole ? done(whole) : now
      const groups = grouped
        ? orderedGroups(plan, all.measured, now.measured, all.read, { key: 0, label: '', ...range })
        : [[]]
      const rows = rowsOf(plan, groups, now, then, plan.explain ? await countExcluded(asking, range) : null)
      return {
        query: understood(site, plan, range, earlier),
        rows,
        meta: { rows_read: asking.rowsRead, duration_ms: Date.now() - moment.now, warnings: asking.warnings },
      }
    },
  }
}

/** What is found, and `settlements.version` when it was; `null` when some of it was asked for later than the rest. */
interface FoundAt {
  readonly found: Found
  readonly errorsIn: ErrorsIn
  readonly version: number | null
}

/** Asks everything that several answers need, each statement once, and all of it at a time: see Reads. */
const findAll = async (asking: Asking, parts: readonly Part[]): Promise<FoundAt> => {
  const queries = parts.flatMap(part => part.queries)
  let runs = 0
  const [cells, attempts, version] = await Promise.all([
    cellsOfPieces(
      parts.flatMap(({ pieces }) => pieces),
      queries => {
        runs += 1
        return asking.attempts(queries)
      },
    ),
    asking.attempts(queries),
    asking.version(),
  ])
  const rows = new Map(queries.map((query, index) => [query, attempts[index] ?? { rows: [] }]))
  const rowsOf = (query: SqlQuery) => {
    const attempt = rows.get(query)
    return attempt && 'rows' in attempt ? attempt.rows : []
  }
  return {
    found: part => [part.pieces.map(piece => cells.get(piece)?.cells ?? []), part.queries.map(rowsOf)],
    errorsIn: errorsOf(cells, rows),
    version: runs > 1 ? null : version,
  }
}

const settledState = async (asking: Asking, readOverlay: () => Promise<LiveDelta>): Promise<Settled> => {
  const [state, overlay] = await Promise.all([asking.state(), readOverlay()])
  asking.rowsRead += overlay.rowsRead
  return { state, overlay, removed: textOf(overlay.removed), added: textOf(overlay.added) }
}

/** `null` when a settling came between what was read. */
const attempt = async (
  db: Database,
  site: Site,
  plans: readonly ParsedQuery[],
  now: number,
  readOverlay: () => Promise<LiveDelta>,
): Promise<PromiseSettledResult<Answer>[] | null> => {
  const reads = new Reads(db)
  const askings = plans.map(() => new Asking(reads, site))
  const [first] = askings
  if (!first) return []
  // The state goes in one batch with what is asked first: nothing is from before it.
  const moment = { site, now, settled: settledState(first, readOverlay) }
  const [{ state, overlay }, ...prepared] = await Promise.all([
    moment.settled,
    ...askings.map((asking, index) => prepare(asking, plans[index] as ParsedQuery, moment)),
  ])
  if (state.version !== overlay.version) return null
  const { found, errorsIn, version } = await findAll(
    first,
    prepared.flatMap(({ parts }) => parts),
  )
  const latest = version ?? (await new Asking(new Reads(db), site).version())
  return latest === state.version ? Promise.allSettled(prepared.map(({ finish }) => finish(found, errorsIn))) : null
}

/**
 * Answers questions from the kept sums of days, the stored visits, what is not settled laid over them, and the
 * facts. What several of them need is read once, and told with the first that needed it. A metric whose statement
 * fails is named in the warnings beside the others; a question none of whose metrics has an answer fails alone.
 * @param readOverlay made anew when a settling came between it and the answers
 */
export const answers = async (
  db: Database,
  site: Site,
  plans: readonly ParsedQuery[],
  now: number,
  readOverlay: () => Promise<LiveDelta>,
): Promise<PromiseSettledResult<Answer>[]> => {
  for (let tries = 0; tries < TRIES; tries++) {
    const result = await attempt(db, site, plans, now, readOverlay)
    if (result) return result
  }
  throw new Error('visits were settled again and again while a question was answered')
}
