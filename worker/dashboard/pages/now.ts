import type { Page } from '../page'
import { nowTexts } from '../texts/now'

/** Active visitors and recent events. */
export const now = {
  id: 'now',
  texts: nowTexts,
  path: '/now',
  controls: false,
  listed: true,
  share: 'unfiltered',
  metrics: [],
  panels: [{ id: 'present' }],
} as const satisfies Page
