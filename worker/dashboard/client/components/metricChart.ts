import type { Answer, DateRange, Granularity, MetricValue, Row } from '../../../../shared/question'
import { HOUR } from '../../../../shared/time'
import type { MetricId } from '../../../metrics/metricId'
import { granularityOf, type View } from '../../address'
import type { Definition } from '../../page'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { arrowOf } from '../format/arrowOf'
import { axisText } from '../format/axisText'
import { changeText } from '../format/changeText'
import { fileName } from '../format/fileName'
import { laterTime } from '../format/laterTime'
import { rangeText } from '../format/rangeText'
import { timeText } from '../format/timeText'
import { valueText } from '../format/valueText'
import { definitionOf } from '../state/definitionOf'
import { PAGE } from '../state/page'
import { today } from '../state/today'
import { go } from '../state/view'
import { drawTimeChart } from './drawTimeChart'
import type { ChartNote, Series, TimeChart } from './timeChart'

const { charts } = clientFrameTexts

/** The days of an answer, and those it was compared with. */
interface AnsweredPeriods {
  readonly period: DateRange
  readonly compare: DateRange | null
}

const periodsOf = ({ query }: Answer): AnsweredPeriods => query as unknown as AnsweredPeriods

type Values = readonly (MetricValue | undefined)[]

/** Counts the buckets that have begun. */
const begunOf = ({ rows }: Answer): number => {
  const hasBegun = ({ time = '' }: Row): boolean =>
    time.length > 10 ? Date.parse(time) <= Date.now() : time <= today()
  return rows.filter(hasBegun).length
}

/** The last bucket that has begun, unless it is over. */
const unfinishedOf = (answer: Answer, begun: number, granularity: Granularity): number | null => {
  const time = answer.rows[begun - 1]?.time
  if (time === undefined) return null
  const isOver =
    granularity === 'hour'
      ? Date.parse(time) + HOUR <= Date.now()
      : laterTime(time, 1, granularity).slice(0, 10) <= today() || periodsOf(answer).period.to < today()
  return isOver ? null : begun - 1
}

const seriesOf = (answer: Answer, values: Values): Series[] => {
  const { period, compare } = periodsOf(answer)
  const current: Series = {
    name: rangeText(period),
    look: 'current',
    values: values.map(value => value?.value ?? null),
  }
  if (!compare || !values.some(value => typeof value?.previous === 'number')) return [current]
  const previous: Series = {
    name: rangeText(compare),
    look: 'previous',
    values: values.map(value => value?.previous ?? null),
  }
  return [current, previous]
}

/** The value of a bucket with its time, those it is compared with, and the change. */
const readingOf =
  (answer: Answer, definition: Definition, values: Values, granularity: Granularity, unfinished: number | null) =>
  (at: number): string[] => {
    const { compare } = periodsOf(answer)
    const [time, value] = [answer.rows[at]?.time ?? '', values[at]]
    const text = (shown: number | null): string => valueText(definition, shown, value?.currency)
    const shown = text(value?.value ?? null)
    const lines = [
      `${timeText(time, granularity)}: ${at === unfinished ? fill(charts.soFar, { value: shown }) : shown}`,
    ]
    if (!compare || typeof value?.previous !== 'number') return lines
    lines.push(`${timeText(laterTime(compare.from, at, granularity), granularity)}: ${text(value.previous)}`)
    const { change } = value
    if (typeof change?.value === 'number') lines.push(`${arrowOf(change)} ${changeText(definition, change.value)}`)
    return lines
  }

/** The bucket that each note's day is in. */
const notesOf = (answer: Answer): ChartNote[] => {
  const { period } = periodsOf(answer)
  const times = answer.rows.map(({ time = '' }) => time.slice(0, 10))
  return PAGE.annotations
    .filter(({ day }) => period.from <= day && day <= period.to)
    .map(({ day, text }) => ({
      at: Math.max(
        0,
        times.findLastIndex(time => time <= day),
      ),
      day,
      text,
    }))
}

/** The days between two buckets, within those of the answer. */
const zoomIn =
  (answer: Answer, granularity: Granularity) =>
  (first: number, last: number): void => {
    const { period } = periodsOf(answer)
    const [from, to] = [answer.rows[first]?.time ?? '', answer.rows[last]?.time ?? '']
    const end = granularity === 'hour' ? to : laterTime(laterTime(to, 1, granularity), -1, 'day')
    const days: DateRange = {
      from: [from.slice(0, 10), period.from].sort()[1] ?? period.from,
      to: [end.slice(0, 10), period.to].sort()[0] ?? period.to,
    }
    if (days.from === period.from && days.to === period.to) return
    go({ period: days })
  }

const annotateAt =
  (answer: Answer) =>
  async (at: number): Promise<void> => {
    const { annotate } = await import('./annotate')
    annotate((answer.rows[at]?.time ?? '').slice(0, 10))
  }

/** A chart of one metric, with the period it is compared with where the answer has it. */
export const metricChart = (answer: Answer, metric: MetricId, view: View): HTMLElement => {
  const definition = definitionOf(metric)
  const values = answer.rows.map(row => row.metrics[metric])
  const currency = values.find(value => value?.currency !== undefined)?.currency
  const [granularity, begun] = [granularityOf(view), begunOf(answer)]
  const unfinished = unfinishedOf(answer, begun, granularity)
  const add = annotateAt(answer)
  const chart: TimeChart = {
    label: fill(charts.overTime, { metric: definition.name }),
    times: answer.rows.map(({ time }) => time ?? ''),
    granularity,
    begun,
    unfinished,
    series: seriesOf(answer, values),
    intervals: values.map(value => (value?.value === null ? null : (value?.interval ?? null))),
    notes: notesOf(answer),
    file: fileName(definition.name, view.site, periodsOf(answer).period, 'png'),
    text: value => valueText(definition, value, currency),
    short: value => axisText(definition, value, currency),
    whole: definition.unit === 'count',
    reading: readingOf(answer, definition, values, granularity, unfinished),
    zoom: zoomIn(answer, granularity),
    annotate: PAGE.rights.edit ? at => void add(at) : null,
  }
  return drawTimeChart(chart)
}
