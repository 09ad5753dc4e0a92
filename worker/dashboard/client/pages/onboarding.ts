import type { Granularity } from '../../../../shared/question'
import { granularityOf, type View } from '../../address'
import { cardsPanel } from '../components/cardsPanel'
import { chartPanel } from '../components/chartPanel'
import { guideEffect } from '../panels/guideEffect'
import { GUIDE_METRICS } from '../panels/guideMetrics'
import { guides } from '../panels/guides'
import { npsIfAnswered } from '../panels/npsAnswers'
import { onboardingSetup } from '../panels/onboardingSetup'
import { SIGNUP_METRICS } from '../panels/signupMetrics'
import { start } from '../start'
import { definitionOf } from '../state/definitionOf'
import { shownMetricOf } from '../state/shownMetricOf'
import { wholeWeeks } from '../state/wholeWeeks'

const shownMetric = shownMetricOf([...GUIDE_METRICS, ...SIGNUP_METRICS])

/** Rates of a day are of few users: they are charted by week. */
const granularity = (view: View): Granularity =>
  definitionOf(shownMetric(view)).unit === 'ratio' ? wholeWeeks(view) : granularityOf(view)

start<'onboarding'>({
  setup: onboardingSetup,
  cards: cardsPanel(GUIDE_METRICS, shownMetric),
  activation: cardsPanel(SIGNUP_METRICS, shownMetric),
  chart: chartPanel(shownMetric, granularity),
  effect: guideEffect,
  guides,
  nps: npsIfAnswered,
})
