import type { Answer, Explanation, MetricValue, Row } from '../../shared/question'
import { dayOf, formatDay } from '../calendar'
import type { Site } from '../store/sites'
import { Asking } from './asking'
import { changeOf } from './change'
import { type BucketEnd, type Builder, currencyKey, type Scope } from './compile/builder'
import type { Cell, Statement } from './compile/statement'
import { statements } from './compile/statements'
import { definitionsIn } from './glossary'
import type { Arguments, Metric, Reading, Sums } from './metric'
import { type Bucket, bucketsOf, previousPeriod, type Range, resolvePeriod } from './period'
import type { Plan } from './question'

/** What is not settled yet, laid over the stored visits: see settle. */
export interface Overlay {
  /** Keys of stored visits that are out of date: [hour, visitor, at]. */
  readonly removed: readonly unknown[]
  /** Rows of sessions, as compile/tables.ts reads them. */
  readonly added: readonly unknown[]
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

type Measured = ReadonlyMap<string, readonly (Sums | undefined)[]>

const keyOf = (bucket: number, dimensions: readonly string[]): string => JSON.stringify([bucket, ...dimensions])

const gatherCells = (cells: readonly Cell[]): Map<string, (Sums | undefined)[]> => {
  const groups = new Map<string, (Sums | undefined)[]>()
  for (const { metric, bucket, dimensions, sums } of cells) {
    const key = keyOf(bucket, dimensions)
    const group = groups.get(key) ?? []
    group[metric] = { ...group[metric], ...sums }
    groups.set(key, group)
  }
  return groups
}

const measure = async (asking: Asking, plan: Plan, scope: Scope, buckets: Buckets): Promise<Measured> => {
  const measures = plan.metrics.map(
    ({ metric, args }) =>
      (terms: Builder) =>
        metric.lacks?.(asking.site.settings) ? [] : metric.measure(args, terms),
  )
  const list: Statement[] = statements({ ...scope, ends: buckets.ends }, measures, buckets.bucketOfDay)
  if (list.length === 0) return new Map()
  const results = await asking.db.batch<Record<string, unknown>>(
    list.map(({ sql, values }) => asking.db.prepare(sql).bind(...values)),
  )
  for (const result of results) asking.rowsRead += result.meta.rows_read ?? 0
  return gatherCells(list.flatMap((statement, index) => statement.cells(results[index]?.results ?? [])))
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

/** Reads a metric's value out of its sums. */
type Read = (position: number, sums: Sums | undefined, bucket: Bucket) => Reading

const reader =
  (plan: Plan, buckets: Buckets, { currencies, settings }: Pick<Scope, 'currencies' | 'settings'>): Read =>
  (position, sums, bucket) => {
    const { metric, args } = plan.metrics[position] as Plan['metrics'][number]
    const lacking = metric.lacks?.(settings)
    if (lacking) return needsInput(lacking)
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
    return [keyOf(period.key, dimensions), dimensions] as const
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
      const sums = now.measured.get(keyOf(bucket.key, dimensions))
      const earlier = before?.buckets.list[index]
      const earlierSums = before && earlier ? before.measured.get(keyOf(earlier.key, dimensions)) : undefined
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

const attempt = async (asking: Asking, plan: Plan, now: number, overlay: Overlay): Promise<Answer | null> => {
  const { site } = asking
  const state = await asking.state()
  if (state.version !== overlay.version) return null
  const zone = site.timezone
  const range = resolvePeriod(plan.period, zone, now, state.first === null ? null : dayOf(state.first, zone))
  const scope: Scope = {
    site: site.id,
    zone,
    now,
    range,
    granularity: plan.granularity,
    dimensions: plan.dimensions,
    filters: plan.filters,
    removed: overlay.removed.length > 0 ? JSON.stringify(overlay.removed) : null,
    added: overlay.added.length > 0 ? JSON.stringify(overlay.added) : null,
    hasIdentities: state.hasIdentities,
    customEvents: await asking.customEvents(plan),
    currencies: await asking.currencies(plan, range),
    settings: site.settings,
    users: await asking.users(plan),
    ends: [],
  }
  const side = async (of: Range, granularity: Plan['granularity']): Promise<Side> => {
    const cut = { ...plan, granularity }
    const buckets = bucketsFor(cut, of, site, now)
    return {
      range: of,
      buckets,
      measured: await measure(asking, cut, { ...scope, range: of, granularity }, buckets),
      read: reader(cut, buckets, scope),
    }
  }
  const current = await side(range, plan.granularity)
  const before = plan.compare ? await side(previousPeriod(range, zone, now), plan.granularity) : null
  const grouped = plan.dimensions.length > 0
  const whole = grouped && plan.granularity ? await side(range, null) : current
  const groups = grouped
    ? orderedGroups(plan, whole.measured, current.measured, whole.read, { key: 0, label: '', ...range })
    : [[]]
  if ((await asking.state()).version !== state.version) return null
  return {
    query: understood(site, plan, range, before?.range ?? null),
    rows: rowsOf(plan, groups, current, before, plan.explain ? await asking.keptOut(range) : null),
    meta: { rows_read: asking.rowsRead + overlay.rowsRead, duration_ms: Date.now() - now, warnings: asking.warnings },
  }
}

/**
 * Answers a question from the stored visits, what is not settled laid over them, and the facts.
 * @param readOverlay made anew when a settling came between it and the answer
 */
export const answer = async (
  db: D1Database,
  site: Site,
  plan: Plan,
  now: number,
  readOverlay: () => Promise<Overlay>,
): Promise<Answer> => {
  for (let tries = 0; tries < TRIES; tries++) {
    const result = await attempt(new Asking(db, site), plan, now, await readOverlay())
    if (result) return result
  }
  throw new Error('visits were settled again and again while a question was answered')
}
