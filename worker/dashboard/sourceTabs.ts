import type { Breakdown } from './breakdown'
import { clientFrameTexts } from './texts/clientFrame.ts'

const { tabs } = clientFrameTexts

/** The tabs of a breakdown by traffic source. */
export const SOURCE_TABS: Breakdown['tabs'] = [
  { title: tabs.channels, dimension: 'channel' },
  { title: tabs.sources, dimension: 'source' },
  { title: tabs.campaigns, dimension: 'campaign' },
]
