import type { View } from '../../address'
import { OVERVIEW_BREAKDOWNS } from '../../overviewBreakdowns'
import { OVERVIEW_CARDS } from '../../overviewCards'
import { cardsQuestion } from '../../questions'
import { breakdownPanel } from '../components/breakdownPanel'
import { cardsPanel } from '../components/cardsPanel'
import { chartPanel } from '../components/chartPanel'
import { moved } from '../panels/moved'
import { overviewGoals } from '../panels/overviewGoals'
import { start } from '../start'
import { shownMetricOf } from '../state/shownMetricOf'

const shownMetric = shownMetricOf(OVERVIEW_CARDS)

/** The cards ask for the totals anyway. */
const total = (view: View) => cardsQuestion(OVERVIEW_CARDS, view)

const [sources, pages, locations, devices] = OVERVIEW_BREAKDOWNS

start<'overview'>({
  cards: cardsPanel(OVERVIEW_CARDS, shownMetric),
  chart: chartPanel(shownMetric),
  moved,
  sources: breakdownPanel({ ...sources, total }),
  pages: breakdownPanel({ ...pages, total }),
  locations: breakdownPanel({ ...locations, total }),
  devices: breakdownPanel({ ...devices, total }),
  goals: overviewGoals,
})
