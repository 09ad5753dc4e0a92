import type { Answer, Row } from '../../../shared/question'
import { metricOf } from '../../metrics/definitions'
import type { Metric } from '../../metrics/metric'
import { groupName, rankingText } from './rankingText'
import { valueText } from './valueText'

/** Rows that the text has; all are in the data. */
const MOST_ROWS = 100

const rowText = (metrics: readonly Metric[], { time, dimensions, metrics: values }: Row): string => {
  const head = [time, dimensions && groupName(dimensions)].filter(Boolean).join(', ')
  const sentences = metrics.flatMap(metric => {
    const value = values[metric.id]
    return value ? [valueText(metric, value)] : []
  })
  return `${head && `${head}: `}${sentences.join(' ')}`
}

const shortened = (count: number): string[] =>
  count > MOST_ROWS ? [`${count - MOST_ROWS} more rows are in the structured content.`] : []

/** Rankings only make sense between groups of one period. */
const rankings = (metrics: readonly Metric[], rows: readonly Row[]): string[] =>
  rows.some(({ time, dimensions }) => time !== undefined || !dimensions)
    ? []
    : metrics.map(metric => rankingText(metric, rows)).filter(text => text !== '')

/** An answer in English, a line a row, with what cannot be ranked and every warning. */
export const answerText = ({ rows, meta, query }: Answer): string => {
  const metrics = (query.metrics as readonly string[]).flatMap(id => metricOf(id) ?? [])
  const lines = rows.slice(0, MOST_ROWS).map(row => rowText(metrics, row))
  const warnings = meta.warnings.map(warning => `Warning: ${warning}`)
  const none = rows.length === 0 ? ['No rows.'] : []
  return [...none, ...lines, ...shortened(rows.length), ...rankings(metrics, rows), ...warnings].join('\n')
}
