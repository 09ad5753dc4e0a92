import { DIMENSIONS } from '../metrics/dimensions'

interface Group {
  readonly title: string
  readonly dimensions: readonly string[]
}

const GROUPS: readonly Group[] = [
  { title: 'Pages', dimensions: ['page', 'entry_page', 'exit_page', 'hostname'] },
  {
    title: 'Sources',
    dimensions: ['channel', 'source', 'referrer', 'campaign', 'medium', 'term', 'content', 'utm_id'],
  },
  { title: 'Locations', dimensions: ['country', 'region', 'city', 'language'] },
  { title: 'Devices', dimensions: ['device', 'browser', 'os', 'gpc'] },
]

/** A cohort is when a visitor was first seen, and a crawler is no visitor: no filter of a page takes them. */
const NOT_FILTERED: readonly string[] = ['cohort', 'crawler']

const grouped: readonly string[] = [...GROUPS.flatMap(({ dimensions }) => dimensions), ...NOT_FILTERED]

/** The dimensions that a filter can be on, in display order. One without a group of its own is in the last. */
export const FILTER_DIMENSIONS: readonly Group[] = [
  ...GROUPS,
  { title: 'Visitors and events', dimensions: DIMENSIONS.map(({ id }) => id).filter(id => !grouped.includes(id)) },
]
