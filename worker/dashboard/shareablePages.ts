import type { PageShare } from '../storage/pageShares'
import { PAGES } from './pages'

type SharedPage = (typeof PAGES)[number]

/** The pages that a share can show, in the order of the navigation. */
export const SHAREABLE_PAGES: readonly SharedPage[] = PAGES.filter(({ share }) => share !== undefined)

/** The pages that a share shows. */
export const pagesOfShare = ({ pages }: Pick<PageShare, 'pages'>): readonly SharedPage[] =>
  SHAREABLE_PAGES.filter(({ id }) => pages.includes(id))

/** Pages look with these whether there are any data. */
const ON_EVERY_PAGE: readonly string[] = ['pageviews', 'visitors']

/** Whether a share shows a metric. */
export const sharesMetric = (share: Pick<PageShare, 'pages'>, metric: string): boolean =>
  ON_EVERY_PAGE.includes(metric) ||
  pagesOfShare(share).some(({ share: shown, metrics }) =>
    shown === 'every metric' ? true : metrics.some(id => id === metric),
  )
