import { aiCrawlerOf } from '../../../shared/aiCrawlerOf'
import type { ImportRow } from '../../storage/importRow'
import type { EdgeGroup } from './askEdge'

/** Rows of a day besides those of other pages, few enough that a year of them is small. */
const MOST_ROWS = 200
/** Characters. The rows of a day fit into one statement. */
const LONGEST_PATH = 500

const OTHER = '(other)'

const crawlerOf = ({ userAgent }: EdgeGroup): string => aiCrawlerOf(userAgent) ?? OTHER

/** The pages that crawlers of AI services fetched on a day; beyond the most fetched, each crawler's are counted together. */
export const fetchRows = (day: number, groups: readonly EdgeGroup[]): ImportRow[] => {
  const fetches = new Map<string, number>()
  for (const group of groups.toSorted((one, other) => other.count - one.count)) {
    const own = JSON.stringify([group.path, crawlerOf(group)])
    const isKept = fetches.has(own) || (fetches.size < MOST_ROWS && group.path.length <= LONGEST_PATH)
    const key = isKept ? own : JSON.stringify([OTHER, crawlerOf(group)])
    fetches.set(key, (fetches.get(key) ?? 0) + group.count)
  }
  return [...fetches].map(([key, count]) => {
    const [page, crawler] = JSON.parse(key)
    return { day, texts: { page, crawler }, currency: null, numbers: { fetches: Math.round(count) } }
  })
}
