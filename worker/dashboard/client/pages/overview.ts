import { OVERVIEW_BREAKDOWN } from '../../overviewBreakdown'
import { breakdownQuestion } from '../../questions'
import { drawBreakdown } from '../breakdown'
import { cardsOf, drawnOf, overTime } from '../keyFigures'
import { PAGE } from '../page'
import { asked } from '../panel'
import { start } from '../start'

const [first = '', ...others] = Object.keys(PAGE.metrics)
const drawn = drawnOf([first, ...others])

const breakdown = asked({
  questions: view => [breakdownQuestion(OVERVIEW_BREAKDOWN, view)],
  draw: (body, [answer], view) => {
    if (answer) drawBreakdown(OVERVIEW_BREAKDOWN, body, answer, view)
  },
})

start({ cards: cardsOf([first, ...others], drawn), chart: overTime(drawn), breakdown })
