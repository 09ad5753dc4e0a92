import type { Answer, DateRange, Interval, MetricValue } from '../../../../shared/question'
import type { MetricId } from '../../../metrics/metricId'
import { granularityOf, type View } from '../../address'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { arrowOf } from '../format/arrowOf'
import { changeBeside } from '../format/changeBeside'
import { laterTime } from '../format/laterTime'
import { timeText } from '../format/timeText'
import { valueText } from '../format/valueText'
import { definitionOf } from '../state/definitionOf'
import type { Line } from './timeChart'

const { charts } = clientFrameTexts

/** A metric's values by bucket. */
export type Values = readonly (MetricValue | undefined)[]

export const bucketValues = ({ rows }: Answer, metric: MetricId): Values => rows.map(({ metrics }) => metrics[metric])

/** The period that an answer was compared with. */
export const comparedIn = ({ query }: Answer): DateRange | null => (query.compare as DateRange | undefined) ?? null

/** The name of the bucket that a bucket is compared with. */
export const comparedBucket = (answer: Answer, at: number, view: View): string => {
  const granularity = granularityOf(view)
  return timeText(laterTime(comparedIn(answer)?.from ?? '', at, granularity), granularity)
}

/** The interval of a value. That of a mean of few counts would begin below 0. */
const intervalOf = (metric: MetricId, value: MetricValue | undefined): Interval | null => {
  if (!value || value.value === null || !value.interval) return null
  const [low, high] = value.interval
  return [definitionOf(metric).unit === 'count' ? Math.max(0, low) : low, high]
}

/** Values of a metric as a line with their intervals. */
export const lineOf = (metric: MetricId, name: string, values: Values): Line => ({
  name,
  values: values.map(value => value?.value ?? null),
  intervals: values.map(value => intervalOf(metric, value)),
})

/** A value, the one it is compared with and the change, as far as there are. */
export const readingParts = (metric: MetricId, value: MetricValue | undefined, isUnfinished: boolean): string[] => {
  const definition = definitionOf(metric)
  const textOf = (shown: number | null): string => valueText(definition, shown, value?.currency)
  const shown = textOf(value?.value ?? null)
  const parts = [isUnfinished ? fill(charts.soFar, { value: shown }) : shown]
  if (typeof value?.previous !== 'number') return parts
  parts.push(textOf(value.previous))
  const { change } = value
  if (typeof change?.value === 'number')
    parts.push(`${arrowOf(change)} ${changeBeside(arrowOf(change), definition, change.value)}`)
  return parts
}
