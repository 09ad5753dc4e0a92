import { OVERVIEW_BREAKDOWN } from '../../overviewBreakdown'
import { OVERVIEW_CARDS } from '../../overviewCards'
import { breakdownQuestion } from '../../questions'
import { breakdownCsv, drawBreakdown } from '../components/breakdown'
import { cardsOf, drawnOf, overTime } from '../components/keyFigures'
import { asked } from '../components/panel'
import { start } from '../start'

const drawn = drawnOf(OVERVIEW_CARDS)

const breakdown = asked({
  questions: view => [breakdownQuestion(OVERVIEW_BREAKDOWN, view)],
  draw: (body, [answer], view) => {
    if (answer) drawBreakdown(OVERVIEW_BREAKDOWN, body, answer, view)
  },
  csv: ([answer], view) => breakdownCsv(OVERVIEW_BREAKDOWN, answer, view),
})

start<'overview'>({ cards: cardsOf(OVERVIEW_CARDS, drawn), chart: overTime(drawn), breakdown })
