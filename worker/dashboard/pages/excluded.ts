import type { Page } from '../page'
import { excludedTexts } from '../texts/excluded'

/** Requests that were filtered or rejected, and what to do about them. */
export const excluded = {
  id: 'excluded',
  texts: excludedTexts,
  path: '/excluded',
  controls: 'period',
  listed: false,
  metrics: [],
  panels: [
    { id: 'reasons', csv: true },
    { id: 'traffic', csv: true },
  ],
} as const satisfies Page
