import { DIMENSIONS } from '../metrics/dimensions'
import type { frameTexts } from './texts/frame'

interface Group {
  readonly name: keyof typeof frameTexts.dimensionGroups
  readonly dimensions: readonly string[]
}

const GROUPS: readonly Group[] = [
  { name: 'pages', dimensions: ['page', 'entry_page', 'exit_page', 'hostname'] },
  {
    name: 'sources',
    dimensions: ['channel', 'source', 'referrer', 'campaign', 'medium', 'term', 'content', 'utm_id'],
  },
  { name: 'locations', dimensions: ['country', 'region', 'city', 'language'] },
  { name: 'devices', dimensions: ['device', 'browser', 'os', 'gpc'] },
]

/** A cohort is when a visitor was first seen, and a crawler is no visitor: no filter of a page takes them. */
const NOT_FILTERED: readonly string[] = ['cohort', 'crawler']

const grouped: readonly string[] = [...GROUPS.flatMap(({ dimensions }) => dimensions), ...NOT_FILTERED]

/** The dimensions that a filter can be on, in display order. One without a group of its own is in the last. */
export const FILTER_DIMENSIONS: readonly Group[] = [
  ...GROUPS,
  { name: 'visitors', dimensions: DIMENSIONS.map(({ id }) => id).filter(id => !grouped.includes(id)) },
]
