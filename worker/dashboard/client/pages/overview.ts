import { type Breakdown, breakdownQuestion, drawBreakdown } from '../breakdown'
import { cardsOf, drawnOf, overTime } from '../keyFigures'
import { PAGE } from '../page'
import { asked } from '../panel'
import { start } from '../start'

const [first = '', ...others] = Object.keys(PAGE.metrics)
const drawn = drawnOf([first, ...others])

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

start({ cards: cardsOf([first, ...others], drawn), chart: overTime(drawn), breakdown })
