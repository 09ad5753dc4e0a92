import { cardsPanel } from '../components/cardsPanel'
import { chartPanel } from '../components/chartPanel'
import { start } from '../start'
import { shownMetricOf } from '../state/shownMetricOf'

const SCORES = ['nps', 'csat'] as const

const shownMetric = shownMetricOf(SCORES)

start<'feedback'>({ cards: cardsPanel(SCORES, shownMetric), chart: chartPanel(shownMetric) })
