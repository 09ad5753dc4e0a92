import type { QueriedMetric, Query } from '../parse/query'
import type { AnswerBucket } from './answerBuckets'
import { dayChoice, isDayDimension } from './dayChoice'
import { importedLack, type WantedDays } from './importedLack'
import { passesFilters } from './passesFilters'
import type { ImportedBucket, ImportedDays, ImportedValue } from './readImportedDays'
import type { ImportedMeasure, ImportedSegment } from './segment'

/** By key of a bucket, why its imported days are not counted. */
export type ImportedLacks = ReadonlyMap<number, string>

/** What imported days say in a period. */
export interface ImportedPlan {
  readonly segments: readonly ImportedSegment[]
  /** By position, of metrics that imported days cannot answer in all buckets. */
  readonly lacking: ReadonlyMap<number, ImportedLacks>
  /** Keys of the buckets that have imported days and no activity of the site's own. */
  readonly only: ReadonlySet<number>
  /** Keys of the buckets that end partway through an imported day, and have others. */
  readonly parts: ReadonlySet<number>
  /** How many imported days do not count, as the site has events on them, though no page view. */
  readonly aside: number
  /** The first and the last imported day that the answer counts; `null` without any. */
  readonly span: { readonly firstDay: number; readonly lastDay: number } | null
}

const NOTHING: ImportedPlan = {
  segments: [],
  lacking: new Map(),
  only: new Set(),
  parts: new Set(),
  aside: 0,
  span: null,
}

const NO_NUMBERS: WantedDays['missing'] = new Set()

const NOT_HELD = 'Imported days have no data for this metric.'

/** What a metric takes of the imported days, or why it cannot take any. */
type Wanted = Omit<WantedDays, 'bucket' | 'missing'> & { readonly source: string }

const wantedOf = (query: Query, { metric, args }: QueriedMetric, { values }: ImportedDays): Wanted | string => {
  const choice = dayChoice(query)
  if (choice.refusal !== null) return choice.refusal
  const measure = metric.ofDays?.(args)
  if (!measure) return NOT_HELD
  const { dimension } = choice
  const source = dimension ? (measure.by?.[dimension.id] ?? dimension.id) : ''
  if (dimension && !isDayDimension(source)) return NOT_HELD
  const own = values.filter(value => value.dimension === source)
  const taken = own.filter(({ value }) => passesFilters(query.filters, value))
  return { query, choice, measure, source, isHeld: own.length > 0, own, taken }
}

const spanOf = (rows: readonly ImportedValue[]): ImportedPlan['span'] =>
  rows.length === 0
    ? null
    : {
        firstDay: Math.min(...rows.map(({ firstDay }) => firstDay)),
        lastDay: Math.max(...rows.map(({ lastDay }) => lastDay)),
      }

/** The buckets that have imported days. */
type Held = readonly (readonly [key: number, bucket: ImportedBucket])[]

/** Why each bucket's imported days cannot answer a metric. */
const lacksOf = (wanted: Wanted, held: Held, { missing }: ImportedDays): ImportedLacks => {
  const own = Map.groupBy(wanted.own, ({ bucket }) => bucket)
  const taken = Map.groupBy(wanted.taken, ({ bucket }) => bucket)
  const missed = new Map(
    missing.flatMap(({ bucket, dimension, numbers }) => (dimension === wanted.source ? [[bucket, numbers]] : [])),
  )
  return new Map(
    held.flatMap(([key, bucket]) => {
      const rows = { own: own.get(key) ?? [], taken: taken.get(key) ?? [], missing: missed.get(key) ?? NO_NUMBERS }
      const lack = importedLack({ ...wanted, ...rows, bucket })
      return lack === null ? [] : [[key, lack]]
    }),
  )
}

/** The buckets that have imported days. Where they are hours, days tell by day. */
const heldIn = (days: ImportedDays, granularity: Query['granularity'], buckets: readonly AnswerBucket[]): Held =>
  buckets.flatMap(({ key, firstDay }) => {
    const bucket = days.buckets.get(granularity === 'hour' ? firstDay : key)
    return bucket && bucket.counted + bucket.parts > 0 ? [[key, bucket] as const] : []
  })

const keysOf = (held: Held, is: (bucket: ImportedBucket) => boolean): ReadonlySet<number> =>
  new Set(held.flatMap(([key, bucket]) => (is(bucket) ? [key] : [])))

/** What metrics take of imported days, and why they cannot take all. Metrics of other imports need none. */
const answersOf = (query: Query, days: ImportedDays, held: Held) => {
  const lacking = new Map<number, ImportedLacks>()
  const measures: ImportedMeasure[] = []
  const everywhere = new Map<string, ImportedLacks>()
  for (const [position, metric] of query.metrics.entries()) {
    if (metric.metric.imports.length > 0) continue
    const wanted = wantedOf(query, metric, days)
    if (typeof wanted === 'string') {
      const lacks = everywhere.get(wanted) ?? new Map(held.map(([key]) => [key, wanted]))
      everywhere.set(wanted, lacks)
      lacking.set(position, lacks)
      continue
    }
    const lacks = lacksOf(wanted, held, days)
    if (lacks.size > 0) lacking.set(position, lacks)
    const values = wanted.taken.filter(({ bucket }) => !lacks.has(bucket))
    measures.push({ ...metric, position, index: 0, ofDays: wanted.measure, values })
  }
  return { lacking, measures }
}

/** Plans what imported days add to a period. */
export const importedPlan = (
  query: Query,
  days: ImportedDays | null,
  granularity: Query['granularity'],
  buckets: readonly AnswerBucket[],
): ImportedPlan => {
  if (days === null) return NOTHING
  const held = heldIn(days, granularity, buckets)
  const { lacking, measures } = answersOf(query, days, held)
  return {
    segments: measures.length > 0 ? [{ source: 'imported', measures, isGrouped: query.dimensions.length > 0 }] : [],
    lacking,
    only: keysOf(held, ({ isRecorded }) => !isRecorded),
    parts: keysOf(held, ({ counted, parts }) => counted > 0 && parts > 0),
    aside: measures.length > 0 ? [...days.buckets.values()].reduce((sum, { aside }) => sum + aside, 0) : 0,
    span: spanOf(measures.flatMap(({ values }) => values)),
  }
}
