import { OVERVIEW_BREAKDOWN } from '../../overviewBreakdown'
import { OVERVIEW_CARDS } from '../../overviewCards'
import { breakdownQuestion } from '../../questions'
import { drawBreakdown } from '../components/breakdown'
import { cardsPanel } from '../components/cardsPanel'
import { chartPanel } from '../components/chartPanel'
import { queryPanel } from '../components/queryPanel'
import { breakdownCsv } from '../format/breakdownCsv'
import { start } from '../start'
import { shownMetricOf } from '../state/shownMetricOf'

const shownMetric = shownMetricOf(OVERVIEW_CARDS)

const breakdown = queryPanel({
  questions: view => [breakdownQuestion(OVERVIEW_BREAKDOWN, view)],
  draw: (body, [answer], view) => {
    if (answer) drawBreakdown(OVERVIEW_BREAKDOWN, body, answer, view)
  },
  csv: ([answer], view) => breakdownCsv(OVERVIEW_BREAKDOWN, answer, view),
})

start<'overview'>({ cards: cardsPanel(OVERVIEW_CARDS, shownMetric), chart: chartPanel(shownMetric), breakdown })
