import type { Answer, MetricValue, Row } from '../../../../shared/question'
import type { MetricId } from '../../../metrics/metricId'
import { granularityOf, type View } from '../../address'
import { axisText } from '../format/axisText'
import { rangeText } from '../format/rangeText'
import { valueText } from '../format/valueText'
import { definitionOf } from '../state/definitionOf'
import { PAGE } from '../state/page'
import { type TimeChart, timeChart } from './timeChart'

/** The days of an answer, and those it was compared with. */
interface AnsweredPeriods {
  readonly period: { readonly from: string; readonly to: string }
  readonly compare: { readonly from: string; readonly to: string } | null
}

const valuesOf = (answer: Answer, metric: MetricId): readonly (MetricValue | undefined)[] =>
  answer.rows.map(row => row.metrics[metric])

const currencyOf = (values: readonly (MetricValue | undefined)[]): string | undefined =>
  values.find(value => value?.currency !== undefined)?.currency

/** Counts the buckets that have begun. */
const begun = ({ rows }: Answer): number => {
  const today = new Intl.DateTimeFormat('sv', { timeZone: PAGE.site?.timezone }).format()
  const hasBegun = ({ time = '' }: Row): boolean => (time.length > 10 ? Date.parse(time) <= Date.now() : time <= today)
  return rows.filter(hasBegun).length
}

/** A chart of one metric, with the previous period where the answer has it. */
export const metricChart = (answer: Answer, metric: MetricId, view: View): HTMLElement => {
  const definition = definitionOf(metric)
  const values = valuesOf(answer, metric)
  const currency = currencyOf(values)
  const { period, compare } = answer.query as unknown as AnsweredPeriods
  const chart: TimeChart = {
    label: `${definition.name} over time`,
    times: answer.rows.map(({ time }) => time ?? ''),
    granularity: granularityOf(view),
    begun: begun(answer),
    series: [
      {
        name: rangeText(period),
        look: 'current',
        values: values.map(value => value?.value ?? null),
      },
      ...(compare && values.some(value => typeof value?.previous === 'number')
        ? [
            {
              name: rangeText(compare),
              look: 'previous' as const,
              values: values.map(value => value?.previous ?? null),
            },
          ]
        : []),
    ],
    text: value => valueText(definition, value, currency),
    short: value => axisText(definition, value, currency),
    whole: definition.unit === 'count',
  }
  return timeChart(chart)
}
