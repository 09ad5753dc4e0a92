import { cardsPanel } from '../components/cardsPanel'
import { chartPanel } from '../components/chartPanel'
import { guides } from '../panels/guides'
import { start } from '../start'
import { shownMetricOf } from '../state/shownMetricOf'

const GUIDES = [
  'guide_views',
  'guide_viewers',
  'guide_completion_rate',
  'guide_dismiss_rate',
  'guide_time_to_complete',
] as const
const SIGNUPS = ['signups', 'activation_rate', 'time_to_value'] as const

const shownMetric = shownMetricOf([...GUIDES, ...SIGNUPS])

start<'onboarding'>({
  cards: cardsPanel(GUIDES, shownMetric),
  activation: cardsPanel(SIGNUPS, shownMetric),
  chart: chartPanel(shownMetric),
  guides,
})
