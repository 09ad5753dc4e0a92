import { cardsOf, drawnOf, overTime } from '../components/keyFigures'
import { guides } from '../panels/guides'
import { start } from '../start'

const GUIDES = [
  'guide_views',
  'guide_viewers',
  'guide_completion_rate',
  'guide_dismiss_rate',
  'guide_time_to_complete',
] as const
const SIGNUPS = ['signups', 'activation_rate', 'time_to_value'] as const

const drawn = drawnOf([...GUIDES, ...SIGNUPS])

start<'onboarding'>({
  cards: cardsOf(GUIDES, drawn),
  activation: cardsOf(SIGNUPS, drawn),
  chart: overTime(drawn),
  guides,
})
