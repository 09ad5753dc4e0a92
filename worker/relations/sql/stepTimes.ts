import type { Funnel } from '../../../shared/settings'
import { int } from './int'

/** Rows with `unit`, `begun`, `time`, and the index `k` of the step that they are, and other columns to keep. */
interface Timeline {
  readonly rows: string
  readonly columns: string
}

/** Later than any time. */
const NEVER = '9e15'

const PARTITION = 'partition by unit, begun'

const upTo = (last: number): number[] => Array.from({ length: last }, (_, n) => n + 1)

/**
 * For each row of a step, when each later step is first reached from it: backwards, from the last step but one to the
 * first, each looks at the rows of the step after it. No row looks up others, so that long timelines cost little more.
 */
const inOrder = ({ rows, columns }: Timeline, last: number): string => {
  const own = upTo(last).map(step => `case when k = ${int(step)} then time end as e${step}`)
  const times = upTo(last).reduceRight(
    (sql, next) => {
      const k = next - 1
      const reached = upTo(last).map(step => {
        if (step < next) return `e${step}`
        return `case when k = ${int(k)} then min(case when k = ${int(next)} then e${step} end) over onward else e${step} end as e${step}`
      })
      return `select ${columns}, ${reached.join(', ')} from (
${sql}
)
window onward as (${PARTITION} order by time desc range between unbounded preceding and 1 preceding)`
    },
    `select ${columns}, ${own.join(', ')} from (\n${rows}\n)`,
  )
  const took = upTo(last).map(step => `e${step} - time as t${step}`)
  return `select ${columns}, ${took.join(', ')} from (\n${times}\n) where k = 0`
}

/**
 * The same with nothing in between: a step comes as many moments after the first step as its index, so that the steps of one
 * attempt have the same `origin`. However many steps there are, each row is ranked once and compared once.
 */
const strictly = ({ rows, columns }: Timeline, last: number): string => {
  const own = upTo(last).map(step => `min(case when k = ${int(step)} then time end) over attempt as e${step}`)
  const took = upTo(last).map(step => {
    const before = upTo(step - 1).map(earlier => `e${earlier} is not null and `)
    return `case when ${before.join('')}e${step} is not null then e${step} - time end as t${step}`
  })
  return `select ${columns}, ${took.join(', ')} from (
select ${columns}, ${own.join(', ')} from (
select ${columns}, dense_rank() over (${PARTITION} order by time) - k as origin from (
${rows}
)
) where k is not null
window attempt as (${PARTITION}, origin)
) where k = 0`
}

/** The shortest time that holds a first step and the steps up to one, given the nearest of each on both sides. */
const shortest = (last: number): string => {
  const begins = ['time', ...upTo(last).map(step => `p${step}`)]
  const spans = begins.map(begin => {
    const ends = upTo(last).map(step => `case when p${step} >= ${begin} then time else n${step} end`)
    return `coalesce(max(time, ${ends.join(', ')}) - ${begin}, ${NEVER})`
  })
  return `nullif(min(${spans.join(', ')}), ${NEVER})`
}

const inAnyOrder = ({ rows, columns }: Timeline, last: number): string => {
  const near = (step: number, choose: string, over: string): string =>
    `${choose}(case when k = ${int(step)} then time end) over ${over}`
  const sides = upTo(last).flatMap(step => [
    `${near(step, 'max', 'before')} as p${step}`,
    `${near(step, 'min', 'after')} as n${step}`,
  ])
  const took = upTo(last).map(step => `${shortest(step)} as t${step}`)
  return `select ${columns}, ${took.join(',\n  ')} from (
select ${columns}, ${sides.join(', ')} from (
${rows}
)
window
  before as (${PARTITION} order by time range between unbounded preceding and current row),
  after as (${PARTITION} order by time desc range between unbounded preceding and current row)
) where k = 0`
}

/**
 * The first steps of a timeline, each with the time `t1`, `t2` … until it and all steps up to that one were taken, null
 * if they never were.
 */
export const stepTimes = (timeline: Timeline, { order, steps }: Pick<Funnel, 'order' | 'steps'>): string => {
  const times = { sequential: inOrder, strict: strictly, any: inAnyOrder }[order]
  return times(timeline, steps.length - 1)
}
