import { type CsvColumn, columnsIn, csvOf } from '../../../../shared/csv'
import { type MetricColumn, metricColumns } from '../../../../shared/metricColumns'
import type { Answer, Row } from '../../../../shared/question'
import type { MetricId } from '../../../metrics/metricId'
import { valueColumns } from './valueColumns'

const columnsOf = (metric: MetricId, compare: unknown): readonly MetricColumn[] => [
  ...valueColumns(metric),
  'low',
  'high',
  ...(compare ? (['previous'] as const) : []),
]

/** The CSV of a chart of metrics, one line per bucket. */
export const timeSeriesCsv = (answer: Answer | undefined, metrics: readonly MetricId[]): string => {
  const time: CsvColumn<Row> = { name: 'time', of: row => row.time }
  const columns = metrics.flatMap(metric =>
    columnsIn(metricColumns(metric, columnsOf(metric, answer?.query.compare)), (row: Row) => row.metrics[metric]),
  )
  return csvOf([time, ...columns], answer?.rows ?? [])
}
