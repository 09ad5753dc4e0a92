import type { DayNumber } from '../../../shared/imports'
import type { DayMeasure } from '../../metrics/dayMeasure'
import type { QueriedMetric, Query } from '../parse/query'
import type { AnswerBucket } from './answerBuckets'
import { type DayChoice, dayChoice, isDayDimension } from './dayChoice'
import { passesFilters } from './passesFilters'
import type { ImportedDays, ImportedValue } from './readImportedDays'
import type { ImportedMeasure, ImportedSegment } from './segment'

/** What imported days say in a period. */
export interface ImportedPlan {
  readonly segments: readonly ImportedSegment[]
  /** By position, why metrics cannot be answered from imported days. */
  readonly lacking: ReadonlyMap<number, string>
  /** Keys of the buckets that have imported days and no activity of the site's own. */
  readonly only: ReadonlySet<number>
  /** Whether the site has activity of its own beside imported days. */
  readonly isMixed: boolean
  /** The first and the last imported day that the answer counts; `null` without any. */
  readonly span: { readonly firstDay: number; readonly lastDay: number } | null
}

const NOTHING: ImportedPlan = { segments: [], lacking: new Map(), only: new Set(), isMixed: false, span: null }

const NOT_HELD = 'Imported days do not hold what this metric counts.'
const NOT_WHOLE = 'Imported days are whole days, of which a part cannot be counted.'

/** Numbers that add up over several values: of a page view or event each value is one. */
const OF_EVENTS: readonly DayNumber[] = ['pageviews', 'events']

/** Whether the numbers of several values add up to those of all of them together. */
const addsUp = ({ numbers }: DayMeasure, { dimension }: DayChoice): boolean =>
  numbers.every(number => OF_EVENTS.includes(number) || (dimension?.level === 'session' && number !== 'visitors'))

/** What a metric takes of imported days. */
interface Wanted {
  readonly query: Query
  readonly choice: DayChoice
  readonly measure: DayMeasure
  /** The rows of its dimension. */
  readonly own: readonly ImportedValue[]
  /** Those that pass the filters. */
  readonly taken: readonly ImportedValue[]
}

const numberName = (number: DayNumber): string => number.replace('_', ' ')

/** Why the rows cannot answer a metric, `null` if they can. */
const lackOf = ({ query, choice, measure, own, taken }: Wanted): string | null => {
  const by = choice.dimension ? ` by ${choice.dimension.id}` : ''
  const missing = measure.numbers.filter(
    number => own.length === 0 || taken.some(({ numbers }) => !(number in numbers)),
  )
  if (missing.length > 0) return `Imported days lack ${missing.map(numberName).join(' and ')}${by}.`
  if (taken.some(({ isWhole }) => !isWhole)) return NOT_WHOLE
  const isOneGroup = choice.dimension !== null && query.dimensions.length === 0
  if (!isOneGroup || new Set(taken.map(({ value }) => value)).size < 2 || addsUp(measure, choice)) return null
  return `Imported days hold each ${choice.dimension?.id} by itself; filter on one, or ask by ${choice.dimension?.id}.`
}

const wantedOf = (query: Query, { metric, args }: QueriedMetric, { values }: ImportedDays): Wanted | string => {
  const choice = dayChoice(query)
  if (choice.refusal !== null) return choice.refusal
  const measure = metric.ofDays?.(args)
  if (!measure) return NOT_HELD
  const { dimension } = choice
  const source = dimension ? (measure.by?.[dimension.id] ?? dimension.id) : ''
  if (dimension && !isDayDimension(source)) return NOT_HELD
  const own = values.filter(value => value.dimension === source)
  return { query, choice, measure, own, taken: own.filter(({ value }) => passesFilters(query.filters, value)) }
}

const spanOf = (rows: readonly ImportedValue[]): ImportedPlan['span'] =>
  rows.length === 0
    ? null
    : {
        firstDay: Math.min(...rows.map(({ firstDay }) => firstDay)),
        lastDay: Math.max(...rows.map(({ lastDay }) => lastDay)),
      }

/** The buckets that have imported days and nothing else. Where they are hours, days tell by day. */
const onlyImported = (
  { values, recorded }: ImportedDays,
  { granularity }: Query,
  buckets: readonly AnswerBucket[],
): ReadonlySet<number> => {
  const imported = new Set(values.map(({ bucket }) => bucket).filter(bucket => !recorded.has(bucket)))
  const keyOf = ({ key, firstDay }: AnswerBucket): number => (granularity === 'hour' ? firstDay : key)
  return new Set(buckets.filter(bucket => imported.has(keyOf(bucket))).map(({ key }) => key))
}

/** Plans what imported days add to a period. */
export const importedPlan = (
  query: Query,
  days: ImportedDays | null,
  buckets: readonly AnswerBucket[],
): ImportedPlan => {
  if (days === null || days.values.length === 0) return NOTHING
  const lacking = new Map<number, string>()
  const measures: ImportedMeasure[] = []
  for (const [position, metric] of query.metrics.entries()) {
    const wanted = wantedOf(query, metric, days)
    const lack = typeof wanted === 'string' ? wanted : lackOf(wanted)
    if (lack !== null) lacking.set(position, lack)
    else if (typeof wanted !== 'string')
      measures.push({ ...metric, position, index: 0, ofDays: wanted.measure, values: wanted.taken })
  }
  return {
    segments: measures.length > 0 ? [{ source: 'imported', measures, isGrouped: query.dimensions.length > 0 }] : [],
    lacking,
    only: onlyImported(days, query, buckets),
    isMixed: days.recorded.size > 0,
    span: spanOf(measures.flatMap(({ values }) => values)),
  }
}
