import { DAY_DIMENSIONS, DAY_NUMBERS, type DayNumber } from '../../../shared/imports'
import { startOfDay } from '../../lib/calendar'
import type { Range } from '../../lib/timeRange'
import type { SiteConfig } from '../../storage/siteConfig'
import importedDaysSelect from '../../storage/sql/imported_days.select.sql'
import type { ResultRow } from '../execute/cell'
import type { CountedReads } from '../execute/countedReads'
import type { Query } from '../parse/query'
import { answerBuckets } from './answerBuckets'
import { dayChoice } from './dayChoice'

/** A value of a dimension in the imported days of a bucket; both '' in total. */
export interface ImportedValue {
  /** Of the answer; the day, where buckets are hours. */
  readonly bucket: number
  readonly dimension: string
  readonly value: string
  /** On how many of the days the dimension has an "(other)"; 0 without filters. */
  readonly besideOther: number
  readonly firstDay: number
  readonly lastDay: number
  /** Without those that a day lacks. */
  readonly numbers: Readonly<Partial<Record<DayNumber, number>>>
}

/** The numbers that days of a bucket without rows of a dimension have, for all that their totals say. */
interface MissingRows extends Pick<ImportedValue, 'bucket' | 'dimension'> {
  readonly numbers: ReadonlySet<DayNumber>
}

/** What a bucket has of imported days. */
export interface ImportedBucket {
  /** Whether the site has activity of its own in it. */
  readonly isRecorded: boolean
  /** Days that count. */
  readonly counted: number
  /** Days that it ends partway through. */
  readonly parts: number
  /** Days that do not count, as the site has events on them, though no page view. */
  readonly aside: number
}

/** The imported days of a period, without those that the site has recorded itself. */
export interface ImportedDays {
  /** Of whole days. */
  readonly values: readonly ImportedValue[]
  readonly missing: readonly MissingRows[]
  /** By key: that of the answer; the day, where buckets are hours. */
  readonly buckets: ReadonlyMap<number, ImportedBucket>
}

/** A period of a query. */
interface ReadPeriod {
  readonly range: Range
  readonly granularity: Query['granularity']
}

type DayRow = readonly [period: number, day: number, bucket: number, start: number, until: number, isWhole: number]

/** The day of a span that is asked only for activity: no day is imported for it. */
const NO_DAY = -1

/** Of the buckets that reach into the imported days, these days, and what is before and after them. */
const daysOf = (
  { range, granularity }: ReadPeriod,
  index: number,
  { timezone, imported }: SiteConfig,
  now: number,
): DayRow[] => {
  if (imported === null) return []
  const rowOf = (bucket: number, firstDay: number, lastDay: number): DayRow[] => {
    if (firstDay > lastDay) return []
    const [start, until] = [startOfDay(firstDay, timezone), startOfDay(lastDay + 1, timezone)]
    const isWhole = start >= range.from && until <= range.to
    const day = firstDay === lastDay ? firstDay : NO_DAY
    return [[index, day, bucket, Math.max(start, range.from), Math.min(until, range.to), isWhole ? 1 : 0]]
  }
  const buckets = answerBuckets(granularity === 'hour' ? 'day' : granularity, range, timezone, now)
  return buckets.flatMap(({ key, firstDay, lastDayBegun }) => {
    const first = Math.max(firstDay, imported.firstDay)
    const last = Math.min(lastDayBegun, imported.lastDay)
    if (first > last) return []
    const days = Array.from({ length: last - first + 1 }, (_, later) => first + later)
    return [
      ...rowOf(key, firstDay, first - 1),
      ...days.flatMap(day => rowOf(key, day, day)),
      ...rowOf(key, last + 1, lastDayBegun),
    ]
  })
}

/** The dimensions whose rows a query needs: a metric may take those of another. */
const dimensionsOf = (query: Query): string[] => {
  const { dimension } = dayChoice(query)
  const own = dimension
    ? query.metrics.map(({ metric, args }) => metric.ofDays?.(args)?.by?.[dimension.id] ?? dimension.id)
    : []
  return [...new Set(['', ...own])]
}

const numbersOf = (row: ResultRow): ImportedValue['numbers'] =>
  Object.fromEntries(DAY_NUMBERS.flatMap(({ name }) => (typeof row[name] === 'number' ? [[name, row[name]]] : [])))

const importedValue = (row: ResultRow): ImportedValue => ({
  bucket: Number(row.bucket),
  dimension: String(row.dimension),
  value: String(row.value),
  besideOther: Number(row.beside_other),
  firstDay: Number(row.first_day),
  lastDay: Number(row.last_day),
  numbers: numbersOf(row),
})

const missingRows = (row: ResultRow): MissingRows => ({
  bucket: Number(row.bucket),
  dimension: String(row.dimension),
  numbers: new Set(DAY_NUMBERS.flatMap(({ name }) => (Number(row[name]) > 0 ? [name] : []))),
})

const importedBucket = ({ recorded, counted, parts, aside }: ResultRow): ImportedBucket => ({
  isRecorded: recorded === 1,
  counted: Number(counted),
  parts: Number(parts),
  aside: Number(aside),
})

const importedIn = (rows: readonly ResultRow[]): ImportedDays => {
  const ofDimensions = rows.filter(({ dimension }) => dimension !== null)
  return {
    values: ofDimensions.filter(({ value }) => value !== null).map(importedValue),
    missing: ofDimensions.filter(({ value }) => value === null).map(missingRows),
    buckets: new Map(
      rows.filter(({ dimension }) => dimension === null).map(row => [Number(row.bucket), importedBucket(row)]),
    ),
  }
}

/** Totals first, as most days have them. */
const EVERY_DIMENSION = JSON.stringify(['', ...Object.keys(DAY_DIMENSIONS)])

/** Reads the imported days of each period of a query in one statement; nothing is read where there are none. */
export const readImportedDays = async (
  reads: CountedReads,
  site: SiteConfig,
  query: Query,
  periods: readonly ReadPeriod[],
  now: number,
): Promise<(ImportedDays | null)[]> => {
  const days = site.imported ? periods.flatMap((period, index) => daysOf(period, index, site, now)) : []
  if (days.length === 0) return periods.map(() => null)
  const dimensions = JSON.stringify(dimensionsOf(query))
  const isFiltered = query.filters.length > 0 ? 1 : 0
  const given = [site.id, JSON.stringify(days), dimensions, EVERY_DIMENSION, isFiltered]
  const rows = await reads.all(importedDaysSelect, ...given)
  return periods.map((_, index) => importedIn(rows.filter(({ period }) => period === index)))
}
