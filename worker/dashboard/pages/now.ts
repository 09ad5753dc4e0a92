import type { Page } from '../page'

/** Who is there while the page is looked at. */
export const now = {
  id: 'now',
  title: 'Right now',
  path: '/now',
  controls: false,
  listed: true,
  metrics: [],
  panels: [
    {
      id: 'present',
      title: 'The last five minutes',
      lead: 'Who did something in them, and what happened last in this hour and the one before; looked for every ten seconds.',
    },
  ],
} as const satisfies Page
