import { texts } from './texts'

export const onboardingTexts = texts('onboarding', {
  title: 'Onboarding',
  panels: {
    setup: 'Set up onboarding',
    cards: 'Guide performance',
    activation: 'Activation and time to value',
    chart: 'Over time',
    effect: 'Guide effect',
    guides: 'Guides',
  },
  leads: {
    effect: 'Activation of sign-ups that completed a guide, compared with those that did not.',
    guides: 'Each run is one user’s pass through a guide (30-minute timeout).',
  },
})
