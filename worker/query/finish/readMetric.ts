import type { SiteSettings } from '../../../shared/settings'
import type { Reading, Sums } from '../../metrics/metric'
import { currencyKey } from '../../relations/sql/scope'
import type { QueriedMetric } from '../parse/query'
import type { AnswerBucket } from '../plan/answerBuckets'
import type { ImportedPlan } from '../plan/importedPlan'
import { hasOwn } from './hasOwn'

const NO_VALUE = { value: null, numerator: null, denominator: null, interval: null, pending: 0 } as const

const needsInput = (reason: string): Reading => ({ ...NO_VALUE, status: 'needs_input', reason })

const NO_CURRENCY = needsInput(
  "There are several currencies and none is the site's; set the site's currency to the one to be counted.",
)

/** The reading of a metric whose statement failed while others answered. */
export const FAILED = {
  ...NO_VALUE,
  status: 'unavailable',
  reason: 'This could not be computed now; try again later.',
} as const satisfies Reading

/** What metrics are read with, besides their sums. */
export interface MetricContext {
  readonly settings: SiteSettings
  readonly currencies: ReadonlyMap<string, string>
  /** By position, the readings of metrics that were not computed. */
  readonly withheld: ReadonlyMap<number, Reading>
  readonly imported: Pick<ImportedPlan, 'only' | 'lacking' | 'parts'>
}

/** The readings of metrics that would need deleted events, and of those whose statement failed. */
export const withheldReadings = (
  positions: ReadonlySet<number>,
  reason: string,
  errors: ReadonlyMap<number, unknown>,
): ReadonlyMap<number, Reading> =>
  new Map([
    ...[...positions].map(position => [position, needsInput(reason)] as const),
    ...[...errors.keys()].map(position => [position, FAILED] as const),
  ])

/** Reads a metric's value out of its sums in one bucket. */
export const readMetric = (
  { metric, args }: QueriedMetric,
  position: number,
  sums: Sums | undefined,
  bucket: AnswerBucket,
  { settings, currencies, withheld, imported }: MetricContext,
): Reading => {
  const lacking = metric.lacks?.(settings, args)
  if (lacking) return needsInput(lacking)
  const isImported = imported.only.has(bucket.key)
  const lack = imported.lacking.get(position)?.get(bucket.key)
  if (isImported && lack !== undefined && !hasOwn(sums)) return needsInput(lack)
  const instead = withheld.get(position)
  if (instead && (!isImported || lack !== undefined)) return instead
  const currency = metric.money && currencies.get(currencyKey(metric.money))
  if (metric.money && currency === undefined) return NO_CURRENCY
  return metric.read(sums ?? {}, { currency: currency ?? '', days: bucket.daysBegun, settings }, args)
}
