import type { Answer, Explanation, MetricValue, Row } from '../../shared/question'
import { dayOf, formatDay } from '../calendar'
import type { Site } from '../store/sites'
import { Asking, type State } from './asking'
import { changeOf } from './change'
import { type BucketEnd, currencyKey, type Scope } from './compile/builder'
import { groupKey, type Measured } from './gathering'
import { definitionsIn } from './glossary'
import { type Found, type Measuring, measuredOf, measuring, wantedOf } from './measuring'
import type { Arguments, Metric, Reading, Sums } from './metric'
import { type Bucket, bucketsOf, previousPeriod, type Range, resolvePeriod } from './period'
import { cellsOfPieces } from './pieces'
import type { Plan } from './question'
import { Reads } from './reads'
import type { KeptFacts } from './sums/kept'
import type { Part, SessionRow } from './sums/running'

/** What is not settled yet, laid over the stored visits: see settle. */
export interface Overlay {
  /** Keys of stored visits that are out of date: [hour, visitor, at]. */
  readonly removed: readonly unknown[]
  /** Rows of sessions, as compile/tables.ts reads them. */
  readonly added: readonly SessionRow[]
  /** The same of those that are removed. */
  readonly gone: readonly SessionRow[]
  /** Epoch hours, from and to, of everything that changed since it was settled. */
  readonly touched: readonly (readonly [number, number])[]
  /** Epoch hours in which a fact changed after they were settled. */
  readonly marked: readonly number[]
  /** Of the settled state this was made against. */
  readonly version: number
  readonly rowsRead: number
}

/** How often an answer is begun again because a settling came in between. */
const TRIES = 5

const oneBucket = (range: Range): readonly Bucket[] => [{ key: 0, label: '', from: range.from, to: range.to }]

/** The rows' buckets and how days fall into them. */
interface Buckets {
  readonly list: readonly Bucket[]
  readonly ends: readonly BucketEnd[]
  bucketOfDay(day: number): number
  /** Days of a bucket that have begun. */
  daysOf(bucket: Bucket): number
}

const bucketsFor = (plan: Plan, range: Range, site: Site, now: number): Buckets => {
  const zone = site.timezone
  const list = plan.granularity ? bucketsOf(range, plan.granularity, zone) : oneBucket(range)
  const today = dayOf(now, zone)
  const lastDay = ({ to }: Bucket): number => Math.min(dayOf(to - 1, zone), today)
  const days = list.map(bucket => ({ key: bucket.key, from: dayOf(bucket.from, zone), to: dayOf(bucket.to - 1, zone) }))
  const daysOf = (bucket: Bucket): number => Math.max(0, lastDay(bucket) - dayOf(bucket.from, zone) + 1)
  return {
    list,
    ends: list.map(bucket => ({
      key: bucket.key,
      from: bucket.from,
      to: bucket.to,
      lastDay: lastDay(bucket),
      days: daysOf(bucket),
    })),
    bucketOfDay: day => days.find(({ from, to }) => from <= day && day <= to)?.key ?? 0,
    daysOf,
  }
}

const needsInput = (reason: string): Reading => ({
  value: null,
  numerator: null,
  denominator: null,
  interval: null,
  status: 'needs_input',
  reason,
  pending: 0,
})

const NO_CURRENCY = needsInput(
  "There are several currencies and none is the site's; set the site's currency to the one to be counted.",
)

const factsGone = ({ day }: KeptFacts, months: number | null): string => {
  const why = months === null ? '' : `, as this site keeps them for ${months} ${months === 1 ? 'month' : 'months'}`
  return `Facts before ${formatDay(day)} were removed${why}; ask for a later period.`
}

/** Metrics, by position, that had to be asked of facts that are gone, and the reason to be given. */
interface Known {
  readonly gone: ReadonlySet<number>
  readonly reason: string
}

/** Reads a metric's value out of its sums. */
type Read = (position: number, sums: Sums | undefined, bucket: Bucket) => Reading

const reader =
  (
    plan: Plan,
    buckets: Buckets,
    { currencies, settings }: Pick<Scope, 'currencies' | 'settings'>,
    { gone, reason }: Known,
  ): Read =>
  (position, sums, bucket) => {
    const { metric, args } = plan.metrics[position] as Plan['metrics'][number]
    const lacking = metric.lacks?.(settings)
    if (lacking) return needsInput(lacking)
    if (gone.has(position)) return needsInput(reason)
    const currency = metric.money && currencies.get(currencyKey(metric.money))
    if (metric.money && currency === undefined) return NO_CURRENCY
    return metric.read(sums ?? {}, { currency: currency ?? '', days: buckets.daysOf(bucket), settings }, args)
  }

/** What has no value comes last either way. */
const compareValues = (a: number | string | null, b: number | string | null, sign: number): number => {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  return a < b ? -sign : sign
}

/** Dimension groups in the order that was asked for, by their values over the whole period. */
const orderedGroups = (
  plan: Plan,
  whole: Measured,
  buckets: Measured,
  read: Read,
  period: Bucket,
): (readonly string[])[] => {
  // A group can have a value in a bucket and none of the whole period: who was active in its last days only.
  const ofBuckets = [...buckets.keys()].map(key => {
    const dimensions = JSON.parse(key).slice(1) as string[]
    return [groupKey(period.key, dimensions), dimensions] as const
  })
  const ofWhole = [...whole.keys()].map(key => [key, JSON.parse(key).slice(1) as string[]] as const)
  const groups = [...new Map([...ofBuckets, ...ofWhole])].map(([key, dimensions]) => ({
    dimensions,
    sums: whole.get(key) ?? [],
  }))
  const order =
    plan.orderBy.length > 0 ? plan.orderBy : [[(plan.metrics[0] as Plan['metrics'][number]).metric.id, 'desc'] as const]
  const by = order.map(([name, direction]) => {
    const position = plan.metrics.findIndex(({ metric }) => metric.id === name)
    const index = plan.dimensions.findIndex(({ id }) => id === name)
    const value = (group: (typeof groups)[number]) =>
      position >= 0 ? read(position, group.sums[position], period).value : (group.dimensions[index] ?? '')
    return { value, sign: direction === 'asc' ? 1 : -1 }
  })
  const byAll = (a: (typeof groups)[number], b: (typeof groups)[number]): number =>
    by.map(({ value, sign }) => compareValues(value(a), value(b), sign)).find(result => result !== 0) ??
    compareValues(JSON.stringify(a.dimensions), JSON.stringify(b.dimensions), 1)
  return groups
    .sort(byAll)
    .slice(0, plan.limit)
    .map(group => group.dimensions)
}

const compared = (metric: Metric, now: Reading, before: Reading | null): MetricValue => ({
  ...now,
  ...(before && { previous: before.value, change: changeOf(metric, now, before) }),
})

const explained = (
  metric: Metric,
  args: Arguments,
  { pending, left_out }: Reading,
  keptOut: Readonly<Record<string, number>>,
): Explanation => ({
  formula: metric.formula,
  numerator: metric.numerator,
  denominator: metric.denominator,
  definitions: definitionsIn(`${metric.numerator} ${metric.denominator ?? ''}`),
  parameters: args,
  left_out: { pending, without_lasting_id: left_out ?? 0, ...keptOut },
})

interface Side {
  readonly range: Range
  readonly buckets: Buckets
  readonly measured: Measured
  readonly read: Read
}

const cellOf = (
  { metric, args }: Plan['metrics'][number],
  now: Reading,
  before: Reading | null,
  keptOut: Readonly<Record<string, number>> | null,
): MetricValue => ({
  ...compared(metric, now, before),
  ...(keptOut && { explanation: explained(metric, args, now, keptOut) }),
})

const rowsOf = (
  plan: Plan,
  groups: readonly (readonly string[])[],
  now: Side,
  before: Side | null,
  keptOut: Readonly<Record<string, number>> | null,
): Row[] =>
  now.buckets.list.flatMap((bucket, index) =>
    groups.map(dimensions => {
      const sums = now.measured.get(groupKey(bucket.key, dimensions))
      const earlier = before?.buckets.list[index]
      const earlierSums = before && earlier ? before.measured.get(groupKey(earlier.key, dimensions)) : undefined
      return {
        ...(plan.granularity && { time: bucket.label }),
        ...(plan.dimensions.length > 0 && {
          dimensions: Object.fromEntries(plan.dimensions.map(({ id }, position) => [id, dimensions[position] ?? ''])),
        }),
        metrics: Object.fromEntries(
          plan.metrics.map((asked, position) => [
            asked.metric.id,
            cellOf(
              asked,
              now.read(position, sums?.[position], bucket),
              before && earlier ? before.read(position, earlierSums?.[position], earlier) : null,
              keptOut,
            ),
          ]),
        ),
      }
    }),
  )

const understood = (site: Site, plan: Plan, range: Range, before: Range | null): Record<string, unknown> => {
  const dates = ({ firstDay, lastDay }: Range) => ({ from: formatDay(firstDay), to: formatDay(lastDay) })
  return {
    site: site.domain,
    metrics: plan.metrics.map(({ metric }) => metric.id),
    period: dates(range),
    timezone: site.timezone,
    granularity: plan.granularity,
    dimensions: plan.dimensions.map(({ id }) => id),
    filters: plan.filters.map(({ operator, dimension, values }) => [operator, dimension.id, values]),
    compare: before && dates(before),
    parameters: Object.fromEntries(
      plan.metrics.filter(({ metric }) => metric.parameters.length > 0).map(({ metric, args }) => [metric.id, args]),
    ),
    order_by: plan.orderBy,
    limit: plan.limit,
  }
}

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

const scopeOf = async (asking: Asking, plan: Plan, range: Range, { site, now, settled }: Moment): Promise<Scope> => {
  const [{ state, removed, added }, customEvents, currencies, users] = await Promise.all([
    settled,
    asking.customEvents(plan),
    asking.currencies(plan, range),
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
  const asked = scopeOf(asking, plan, range, moment)
  const ask = async (of: Range, granularity: Plan['granularity']): Promise<Asked> => {
    const cut = { ...plan, granularity }
    const buckets = bucketsFor(cut, of, site, now)
    const wanted = wantedOf(cut, site.settings)
    const prints = wanted.flatMap(({ rolled }) => (rolled ? [rolled.print] : []))
    const [scope, keptSince, { overlay, state }] = await Promise.all([asked, asking.kept(cut, of, prints), settled])
    const kept = keptSince(overlay, state)
    const own = { ...scope, range: of, granularity }
    const { parts, gone, lookingBack } = measuring(wanted, cut, own, buckets, kept, overlay)
    const reason = factsGone(state.facts, site.settings.retention_months)
    return { range: of, buckets, parts, gone, lookingBack, read: reader(cut, buckets, scope, { gone, reason }) }
  }
  const grouped = plan.dimensions.length > 0
  const [current, before, whole] = await Promise.all([
    ask(range, plan.granularity),
    plan.compare ? ask(previousPeriod(range, zone, now), plan.granularity) : null,
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
      const rows = rowsOf(plan, groups, now, then, plan.explain ? await asking.keptOut(range) : null)
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
  const moment = { site, now, settled: settledState(first, readOverlay) }
  const prepared = await Promise.all(askings.map((asking, index) => prepare(asking, plans[index] as Plan, moment)))
  const { state, overlay } = await moment.settled
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
