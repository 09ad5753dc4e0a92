import type { Breakdown } from './breakdown'

/** The tabs of a breakdown by traffic source. */
export const SOURCE_TABS: Breakdown['tabs'] = [
  { title: 'Channels', dimension: 'channel' },
  { title: 'Sources', dimension: 'source' },
  { title: 'Campaigns', dimension: 'campaign' },
]
