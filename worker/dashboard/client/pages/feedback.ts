import { clientFrameTexts } from '../../texts/clientFrame'
import { feedbackTexts } from '../../texts/feedback'
import { breakdownPanel } from '../components/breakdownPanel'
import { cardsPanel } from '../components/cardsPanel'
import { chartPanel } from '../components/chartPanel'
import { comments } from '../panels/comments'
import { npsAnswers } from '../panels/npsAnswers'
import { scoreDistribution } from '../panels/scoreDistribution'
import { start } from '../start'
import { shownMetricOf } from '../state/shownMetricOf'
import { wholeWeeks } from '../state/wholeWeeks'

const { tabs } = clientFrameTexts

const SCORES = ['nps', 'csat'] as const

const shownMetric = shownMetricOf(SCORES)

start<'feedback'>({
  cards: cardsPanel(SCORES, shownMetric),
  chart: chartPanel(shownMetric, wholeWeeks),
  answers: npsAnswers,
  breakdown: breakdownPanel({
    id: 'breakdown',
    metrics: SCORES,
    sheet: SCORES,
    all: SCORES,
    tabs: [
      { title: tabs.devices, dimension: 'device' },
      { title: tabs.countries, dimension: 'country' },
      { title: tabs.channels, dimension: 'channel' },
    ],
    none: feedbackTexts.breakdown.none,
  }),
  nps: scoreDistribution('nps'),
  csat: scoreDistribution('csat'),
  comments,
})
