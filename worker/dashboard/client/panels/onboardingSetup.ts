import { DEFAULT_VIEW, searchOf } from '../../address'
import { about, cardsQuestion } from '../../questions'
import { onboardingTexts } from '../../texts/onboarding'
import { setupPanel } from '../components/setupPanel'
import { GUIDE_METRICS } from './guideMetrics'
import { SIGNUP_METRICS } from './signupMetrics'

const { setup: texts } = onboardingTexts

/** The events that onboarding metrics need, and which of them have arrived. */
export const onboardingSetup = setupPanel({
  intro: texts.intro,
  questions: view => [
    cardsQuestion(GUIDE_METRICS, view),
    cardsQuestion(SIGNUP_METRICS, view),
    { ...about(view), metrics: ['pageviews'] },
  ],
  replaces: ['cards', 'activation', 'chart', 'effect', 'guides'],
  steps: ([guides, signups, views], { site }) => {
    const [{ metrics: shown } = { metrics: {} }] = guides?.rows ?? []
    const [{ metrics: signed } = { metrics: {} }] = signups?.rows ?? []
    const isSignedUp = (signed.signups?.value ?? 0) > 0
    const isShown = (shown.guide_views?.value ?? 0) > 0
    if (isSignedUp || isShown || !views?.rows[0]?.metrics.pageviews?.value) return null
    const settings = `/settings${searchOf({ ...DEFAULT_VIEW, site })}#value_event`
    return [
      { text: texts.pageViews, isDone: true },
      { text: texts.signUps, isDone: isSignedUp, code: "footfall('sign_up', { method: 'email' })" },
      {
        text: texts.guideStarted,
        isDone: isShown,
        code: "footfall('guide_start', { guide_id: 'welcome', step_count: 5 })",
      },
      {
        text: texts.guideSteps,
        isDone: isShown,
        code: '<div data-guide="welcome" data-guide-step="1" data-guide-steps="5">…</div>',
      },
      { text: texts.guideCompleted, isDone: isShown, code: "footfall('guide_complete', { guide_id: 'welcome' })" },
      {
        text: texts.activationEvent,
        isDone: signed.activation_rate?.status !== 'needs_input',
        link: { href: settings, text: texts.choose },
      },
    ]
  },
})
