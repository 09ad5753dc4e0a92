import type { Page } from '../page'

/** Guides, activation and time to value. */
export const onboarding = {
  id: 'onboarding',
  title: 'Onboarding',
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
  ],
  panels: [
    { id: 'setup', title: 'Set up onboarding', hidden: true },
    { id: 'cards', title: 'Guide performance', csv: true },
    { id: 'activation', title: 'Activation and time to value', csv: true },
    { id: 'chart', title: 'Over time', csv: true },
    {
      id: 'effect',
      title: 'Guide effect',
      lead: 'Activation of sign-ups that completed a guide, compared with those that did not.',
      csv: true,
    },
    {
      id: 'guides',
      title: 'Guides',
      lead: 'Each run is one user’s pass through a guide (30-minute timeout).',
      csv: true,
    },
  ],
} as const satisfies Page
