import type { Page } from '../page'
import { onboardingTexts } from '../texts/onboarding'

/** Guides, activation and time to value. */
export const onboarding = {
  id: 'onboarding',
  texts: onboardingTexts,
  path: '/onboarding',
  controls: true,
  listed: true,
  share: 'own metrics',
  metrics: [
    'guide_views',
    'guide_viewers',
    'guide_completion_rate',
    'guide_dismiss_rate',
    'guide_time_to_complete',
    'guide_step_dropoff',
    'signups',
    'activation_rate',
    'time_to_value',
    'guide_effect',
    'nps_promoters',
    'nps_passives',
    'nps_detractors',
  ],
  panels: [
    { id: 'setup', hidden: true },
    { id: 'cards', csv: true },
    { id: 'activation', csv: true },
    { id: 'chart', csv: true },
    { id: 'effect', csv: true },
    { id: 'guides', csv: true },
    { id: 'nps', csv: true, hidden: true },
  ],
} as const satisfies Page
