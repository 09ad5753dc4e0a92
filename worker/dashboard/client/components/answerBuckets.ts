import type { Answer, DateRange, Granularity, Row } from '../../../../shared/question'
import { HOUR } from '../../../../shared/time'
import { granularityOf, type View } from '../../address'
import { laterTime } from '../format/laterTime'
import { shortTimeText, timeText } from '../format/timeText'
import { PAGE } from '../state/page'
import { today } from '../state/today'
import { go } from '../state/view'
import { periodOf } from './queryPanel'
import type { ChartBuckets, ChartNote } from './timeChart'

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
      : laterTime(time, 1, granularity).slice(0, 10) <= today() || periodOf(answer).to < today()
  return isOver ? null : begun - 1
}

/** The bucket that each note's day is in. */
const notesOf = (answer: Answer): ChartNote[] => {
  const period = periodOf(answer)
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
    const period = periodOf(answer)
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

/** The buckets of an answer with a granularity. */
export const answerBuckets = (answer: Answer, view: View): ChartBuckets => {
  const granularity = granularityOf(view)
  const times = answer.rows.map(({ time = '' }) => time)
  const begun = begunOf(answer)
  const unfinished = unfinishedOf(answer, begun, granularity)
  const add = annotateAt(answer)
  return {
    positions: times.map((_, at) => at),
    begun,
    isOpen: at => at === unfinished,
    notes: notesOf(answer),
    bucket: at => timeText(times[at] ?? '', granularity),
    tick: at => (times[at] === undefined ? '' : shortTimeText(times[at], granularity)),
    zoom: zoomIn(answer, granularity),
    annotate: PAGE.rights.edit ? at => void add(at) : null,
  }
}
