import type { CsvCell, CsvColumn } from './csv'
import type { MetricValue } from './question'

type Value = MetricValue | undefined

/** The columns that a CSV can have for a metric. */
const COLUMNS = {
  value: value => value?.value,
  currency: value => value?.currency,
  numerator: value => value?.numerator,
  denominator: value => value?.denominator,
  low: value => value?.interval?.[0],
  high: value => value?.interval?.[1],
  status: value => value?.status,
  reason: value => value?.reason,
  pending: value => value?.pending,
  previous: value => value?.previous,
  change: value => value?.change?.value,
  change_low: value => value?.change?.interval?.[0],
  change_high: value => value?.change?.interval?.[1],
  verdict: value => value?.change?.verdict,
} as const satisfies Record<string, (value: Value) => CsvCell>

export type MetricColumn = keyof typeof COLUMNS

/**
 * Columns of a metric, in lines of several metrics.
 * @example metricColumns('revenue', ['value', 'currency']).map(({ name }) => name) // ['revenue', 'revenue_currency']
 */
export const metricColumns = (id: string, names: readonly MetricColumn[]): CsvColumn<Value>[] =>
  plainColumns(names).map(column => ({ ...column, name: column.name === 'value' ? id : `${id}_${column.name}` }))

/** Columns of a metric, in lines of one metric each. */
export const plainColumns = (names: readonly MetricColumn[]): CsvColumn<Value>[] =>
  names.map(name => ({ name, of: COLUMNS[name] }))
