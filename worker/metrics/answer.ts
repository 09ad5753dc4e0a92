import type { Answer } from '../../shared/question'
import { formatDay } from '../calendar'
import type { Site } from '../store/sites'
import { Asking, type State } from './asking'
import { bucketsFor } from './buckets'
import type { Scope } from './compile/scope'
import { currenciesOf } from './currenciesOf'
import { keptOutOf } from './keptOutOf'
import { type Found, type Measuring, measuredOf, measuring, wantedOf } from './measuring'
import type { Overlay } from './overlay'
import { previousPeriod, type Range, resolvePeriod } from './period'
import { cellsOfPieces } from './pieces'
import type { Plan } from './question'
import { factsGone, reader } from './reader'
import { Reads } from './reads'
import { orderedGroups, rowsOf, type Side } from './rows'
import { readKept } from './sums/readKept'
import type { Part } from './sums/running'
import { understood } from './understood'

/** How often an answer is begun again because a settling came in between. */
const TRIES = 5

/** What is known of the visits when questions are answered. */
interface Settled {
  readonly state: State
  readonly overlay: Overlay
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
  plan: Plan,
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
    currencies,
    settings: site.settings,
    users,
    ends: [],
  }
}

/** A side of an answer whose parts are still to be asked. */
type Asked = Omit<Side, 'measured'> & Measuring

/** An answer whose parts are still to be asked. */
interface Prepared {
  readonly parts: readonly Part[]
  finish(found: Found): Promise<Answer>
}

const prepare = async (asking: Asking, plan: Plan, moment: Moment): Promise<Prepared> => {
  const { site, now, settled } = moment
  const zone = site.timezone
  const range = resolvePeriod(plan.period, zone, now, plan.period === 'all' ? await asking.firstDay() : null)
  const earlier = plan.compare ? previousPeriod(range, zone, now) : null
  const asked = scopeOf(asking, plan, range, earlier, moment)
  const ask = async (of: Range, granularity: Plan['granularity']): Promise<Asked> => {
    const cut = { ...plan, granularity }
    const buckets = bucketsFor(cut, of, site, now)
    const wanted = wantedOf(cut, site.settings)
    const keys = wanted.flatMap(({ rolled }) => (rolled ? [rolled.key] : []))
    const [scope, keptSince, { overlay, state }] = await Promise.all([asked, readKept(asking, cut, of, keys), settled])
    const kept = keptSince(overlay, state)
    const own = { ...scope, range: of, granularity }
    const { parts, gone, lookingBack } = measuring(wanted, cut, own, buckets, kept, overlay)
    const reason = factsGone(state.facts, site.settings.retention_months)
    return { range: of, buckets, parts, gone, lookingBack, read: reader(cut, buckets, scope, { gone, reason }) }
  }
  const grouped = plan.dimensions.length > 0
  const [current, before, whole] = await Promise.all([
    ask(range, plan.granularity),
    earlier && ask(earlier, plan.granularity),
    grouped && plan.granularity ? ask(range, null) : null,
  ])
  const warn = (positions: Iterable<number>, what: string): void => {
    const names = [...new Set(positions)].map(position => plan.metrics[position]?.metric.id)
    if (names.length > 0) asking.warnings.push(`${names.join(', ')}: ${what}`)
  }
  const { facts } = (await settled).state
  // Where they have no row of their own to say it in.
  warn([...(before?.gone ?? []), ...(grouped ? current.gone : [])], factsGone(facts, site.settings.retention_months))
  warn(
    [...current.lookingBack, ...(before?.lookingBack ?? [])],
    `What was before ${formatDay(facts.day)} is not known, as its facts were removed.`,
  )
  return {
    parts: [current, before, whole].flatMap(side => side?.parts ?? []),
    finish: async found => {
      const done = (side: Asked): Side => ({ ...side, measured: measuredOf(side.parts, found) })
      const [now, then] = [done(current), before && done(before)]
      const all = whole ? done(whole) : now
      const groups = grouped
        ? orderedGroups(plan, all.measured, now.measured, all.read, { key: 0, label: '', ...range })
        : [[]]
      const rows = rowsOf(plan, groups, now, then, plan.explain ? await keptOutOf(asking, range) : null)
      return {
        query: understood(site, plan, range, then?.range ?? null),
        rows,
        meta: { rows_read: asking.rowsRead, duration_ms: Date.now() - moment.now, warnings: asking.warnings },
      }
    },
  }
}

/** What is found, and `settlements.version` when it was. */
interface FoundAt {
  readonly found: Found
  readonly version: number
}

/** Asks everything that several answers need, each statement once, and all of it at a time: see Reads. */
const findAll = async (asking: Asking, parts: readonly Part[]): Promise<FoundAt> => {
  const queries = parts.flatMap(part => part.queries)
  const [cells, results, version] = await Promise.all([
    cellsOfPieces(
      parts.flatMap(({ pieces }) => pieces),
      queries => asking.rows(queries),
    ),
    asking.rows(queries),
    asking.version(),
  ])
  const rows = new Map(queries.map((query, index) => [query, results[index] ?? []]))
  return {
    found: part => [part.pieces.map(piece => cells.get(piece) ?? []), part.queries.map(query => rows.get(query) ?? [])],
    version,
  }
}

const settledState = async (asking: Asking, readOverlay: () => Promise<Overlay>): Promise<Settled> => {
  const [state, overlay] = await Promise.all([asking.state(), readOverlay()])
  asking.rowsRead += overlay.rowsRead
  return { state, overlay, removed: textOf(overlay.removed), added: textOf(overlay.added) }
}

/** `null` when a settling came between what was read. */
const attempt = async (
  db: D1Database,
  site: Site,
  plans: readonly Plan[],
  now: number,
  readOverlay: () => Promise<Overlay>,
): Promise<Answer[] | null> => {
  const reads = new Reads(db)
  const askings = plans.map(() => new Asking(reads, site))
  const [first] = askings
  if (!first) return []
  // The state goes in one batch with what is asked first: nothing is from before it.
  const moment = { site, now, settled: settledState(first, readOverlay) }
  const [{ state, overlay }, ...prepared] = await Promise.all([
    moment.settled,
    ...askings.map((asking, index) => prepare(asking, plans[index] as Plan, moment)),
  ])
  if (state.version !== overlay.version) return null
  const { found, version } = await findAll(
    first,
    prepared.flatMap(({ parts }) => parts),
  )
  return version === state.version ? Promise.all(prepared.map(({ finish }) => finish(found))) : null
}

/**
 * Answers questions from the kept sums of days, the stored visits, what is not settled laid over them, and the
 * facts. What several of them need is read once, and told with the first that needed it.
 * @param readOverlay made anew when a settling came between it and the answers
 */
export const answers = async (
  db: D1Database,
  site: Site,
  plans: readonly Plan[],
  now: number,
  readOverlay: () => Promise<Overlay>,
): Promise<Answer[]> => {
  for (let tries = 0; tries < TRIES; tries++) {
    const result = await attempt(db, site, plans, now, readOverlay)
    if (result) return result
  }
  throw new Error('visits were settled again and again while a question was answered')
}
