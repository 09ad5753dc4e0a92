import type { Answer } from '../../../../shared/question'
import type { MetricId } from '../../../metrics/metricId'
import type { View } from '../../address'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { axisText } from '../format/axisText'
import { fileName } from '../format/fileName'
import { valueText } from '../format/valueText'
import { definitionOf } from '../state/definitionOf'
import { answerBuckets } from './answerBuckets'
import { bucketValues } from './bucketValues'
import { periodOf } from './queryPanel'
import type { TimeChart } from './timeChart'

const { charts } = clientFrameTexts

/** A chart with the unit of a metric, without its lines. */
export const metricFrame = (
  answer: Answer,
  metric: MetricId,
  name: string,
  view: View,
): Omit<TimeChart, 'lines' | 'previous' | 'bars' | 'reading'> => {
  const definition = definitionOf(metric)
  const values = bucketValues(answer, metric)
  const currency = values.find(value => value?.currency !== undefined)?.currency
  const buckets = answerBuckets(answer, view)
  return {
    ...buckets,
    isOpen: at => buckets.isOpen(at) || (values[at]?.pending ?? 0) > 0,
    label: fill(charts.overTime, { metric: name }),
    head: charts.time,
    file: fileName(name, view.site, periodOf(answer), 'png'),
    text: value => valueText(definition, value, currency),
    short: value => axisText(definition, value, currency),
    whole: definition.unit === 'count',
  }
}
