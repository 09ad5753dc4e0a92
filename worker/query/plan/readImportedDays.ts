import { DAY_NUMBERS, type DayNumber } from '../../../shared/imports'
import { dayOf, startOfDay } from '../../lib/calendar'
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
  /** Whether the days are in the period whole, or it ends before they do. */
  readonly isWhole: boolean
  readonly firstDay: number
  readonly lastDay: number
  /** Without those that a day lacks. */
  readonly numbers: Readonly<Partial<Record<DayNumber, number>>>
}

/** The imported days of a period, without those that the site has recorded itself. */
export interface ImportedDays {
  readonly values: readonly ImportedValue[]
  /** The buckets in which the site has activity of its own. */
  readonly recorded: ReadonlySet<number>
}

/** A period of a query. */
interface ReadPeriod {
  readonly range: Range
  readonly granularity: Query['granularity']
}

type DayRow = readonly [day: number, bucket: number, start: number, until: number, isWhole: number]

/** The days of the buckets that reach into the imported days. */
const daysOf = ({ range, granularity }: ReadPeriod, { timezone, imported }: SiteConfig, now: number): DayRow[] => {
  const isHourly = granularity === 'hour'
  const buckets = answerBuckets(isHourly ? 'day' : granularity, range, timezone, now)
  const reaching = buckets.filter(
    ({ firstDay, lastDay }) => imported && firstDay <= imported.lastDay && lastDay >= imported.firstDay,
  )
  return reaching.flatMap(({ key, firstDay, lastDayBegun }) =>
    Array.from({ length: Math.max(0, lastDayBegun - firstDay + 1) }, (_, index): DayRow => {
      const day = firstDay + index
      const [start, until] = [startOfDay(day, timezone), startOfDay(day + 1, timezone)]
      const isWhole = start >= range.from && until <= range.to
      return [day, key, Math.max(start, range.from), Math.min(until, range.to), isWhole ? 1 : 0]
    }),
  )
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
  isWhole: row.whole === 1,
  firstDay: Number(row.first_day),
  lastDay: Number(row.last_day),
  numbers: numbersOf(row),
})

/** Reads the imported days of a period; `null`, and nothing is read, where there are none. */
export const readImportedDays = async (
  reads: CountedReads,
  site: SiteConfig,
  query: Query,
  period: ReadPeriod,
  now: number,
): Promise<ImportedDays | null> => {
  const { imported, timezone } = site
  const { firstDay, lastDay } = period.range
  if (imported === null || firstDay > imported.lastDay || lastDay < imported.firstDay) return null
  if (firstDay > dayOf(now, timezone)) return null
  const days = JSON.stringify(daysOf(period, site, now))
  const rows = await reads.all(importedDaysSelect, site.id, days, JSON.stringify(dimensionsOf(query)))
  return {
    values: rows.filter(({ dimension }) => dimension !== null).map(importedValue),
    recorded: new Set(rows.filter(({ dimension }) => dimension === null).map(({ bucket }) => Number(bucket))),
  }
}
