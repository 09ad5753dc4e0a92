import { cardsPanel } from '../components/cardsPanel'
import { chartPanel } from '../components/chartPanel'
import { guideEffect } from '../panels/guideEffect'
import { GUIDE_METRICS } from '../panels/guideMetrics'
import { guides } from '../panels/guides'
import { onboardingSetup } from '../panels/onboardingSetup'
import { SIGNUP_METRICS } from '../panels/signupMetrics'
import { start } from '../start'
import { shownMetricOf } from '../state/shownMetricOf'

const shownMetric = shownMetricOf([...GUIDE_METRICS, ...SIGNUP_METRICS])

start<'onboarding'>({
  setup: onboardingSetup,
  cards: cardsPanel(GUIDE_METRICS, shownMetric),
  activation: cardsPanel(SIGNUP_METRICS, shownMetric),
  chart: chartPanel(shownMetric),
  effect: guideEffect,
  guides,
})
