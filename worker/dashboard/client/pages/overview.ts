import type { Answer } from '../../../../shared/question'
import { granularityOf, type View } from '../../address'
import { type Breakdown, breakdownQuestion, drawBreakdown } from '../breakdown'
import { card } from '../card'
import { h } from '../dom'
import { definitionOf, PAGE } from '../page'
import { about, asked } from '../panel'
import { refill } from '../refill'
import { metricChart } from '../series'
import { start } from '../start'
import { notes, nothingYet } from '../states'
import { hrefOf, withOwn } from '../view'

const METRICS = Object.keys(PAGE.metrics)

/** The metric that is drawn: the one whose card was chosen last. */
const drawn = ({ own }: View): string => METRICS.find(id => id === own.metric) ?? METRICS[0] ?? ''

const cards = asked({
  questions: view => [{ ...about(view), metrics: METRICS }],
  draw: (body, [answer], view) => {
    const values = answer?.rows[0]?.metrics ?? {}
    const list = METRICS.flatMap(id => {
      const value = values[id]
      if (!value) return []
      return [card(definitionOf(id), value, hrefOf(withOwn({ metric: id })), id === drawn(view))]
    })
    refill(body, h('ul', { class: 'cards' }, ...list), ...notes(answer))
  },
})

const isEmpty = (answer: Answer, metric: string): boolean =>
  answer.rows.every(({ metrics }) => !metrics[metric]?.value && !metrics[metric]?.previous)

const chart = asked({
  questions: view => [{ ...about(view), metrics: [drawn(view)], granularity: granularityOf(view) }],
  draw: (body, [answer], view) => {
    if (!answer) return
    const metric = drawn(view)
    const title = h('h3', {}, definitionOf(metric).name)
    body.replaceChildren(title, isEmpty(answer, metric) ? nothingYet(view) : metricChart(answer, metric, view))
  },
})

const BREAKDOWN: Breakdown = {
  metrics: ['visitors', 'sessions', 'pageviews', 'bounce_rate', 'conversion_rate', 'revenue'],
  tabs: [
    { title: 'Pages', dimensions: ['page', 'entry_page', 'exit_page', 'hostname'] },
    { title: 'Sources', dimensions: ['channel', 'source', 'referrer'] },
    { title: 'Campaigns', dimensions: ['campaign', 'medium', 'term', 'content'] },
    { title: 'Places', dimensions: ['country', 'region', 'city', 'language'] },
    { title: 'Devices', dimensions: ['device', 'browser', 'os', 'visitor_type'] },
  ],
}

const breakdown = asked({
  questions: view => [breakdownQuestion(BREAKDOWN, view)],
  draw: (body, [answer], view) => {
    if (answer) drawBreakdown(BREAKDOWN, body, answer, view)
  },
})

start({ cards, chart, breakdown })
