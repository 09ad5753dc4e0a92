import type { CoverageAnswer, CoveredPages } from '../../../shared/coverage'
import { Z } from '../../../shared/normal'
import type { Answer, DateRange, MetricValue, Row } from '../../../shared/question'
import { type BrowserTraffic, estimateVisitors, joinTraffic } from './estimateVisitors'

/** The traffic of a browser on a day. */
interface Cell {
  readonly day: string
  readonly browser: string
  readonly traffic: BrowserTraffic
}

/** Of few visitors without an interval, page views are taken to differ as much as their mean. */
const varianceOfMean = (views: MetricValue | undefined, visitors: number): number => {
  if (!views || views.value === null || visitors === 0) return 0
  return views.interval ? ((views.interval[1] - views.value) / Z) ** 2 : views.value ** 2 / visitors
}

const servedVarianceOf = (served: MetricValue): number =>
  served.interval && served.value !== null ? ((served.interval[1] - served.value) / Z) ** 2 : 0

const keyOf = ({ time = '', dimensions = {} }: Row): string => `${time}\n${dimensions.browser}`

const recordedOf = ({ visitors, pageviews, content_pages_per_visitor: views }: Row['metrics']) => {
  const count = visitors?.value ?? 0
  return { visitors: count, recorded: pageviews?.value ?? 0, variance: varianceOfMean(views, count) }
}

const NOT_RECORDED = { visitors: 0, recorded: 0, variance: 0 }

/** The cells of days with served pages. */
const cellsOf = (recorded: readonly Row[], served: readonly Row[]): Cell[] => {
  const pages = new Map(
    served.flatMap(row => {
      const value = row.metrics.served_pages
      return value?.value == null
        ? []
        : [[keyOf(row), { served: value.value, servedVariance: servedVarianceOf(value) }]]
    }),
  )
  const days = new Set([...pages.keys()].map(key => key.split('\n')[0]))
  const known = new Map(
    recorded.filter(({ time = '' }) => days.has(time)).map(row => [keyOf(row), recordedOf(row.metrics)]),
  )
  return [...new Set([...pages.keys(), ...known.keys()])].map(key => {
    const [day = '', browser = ''] = key.split('\n')
    const traffic = { ...(known.get(key) ?? NOT_RECORDED), ...(pages.get(key) ?? { served: 0, servedVariance: 0 }) }
    return { day, browser, traffic }
  })
}

const joinedBy = (cells: readonly Cell[], by: 'day' | 'browser'): (readonly [string, BrowserTraffic])[] =>
  [...Map.groupBy(cells, cell => cell[by])].map(([key, group]) => [
    key,
    joinTraffic(group.map(({ traffic }) => traffic)),
  ])

const pagesOf = ({ recorded, served }: BrowserTraffic): CoveredPages => ({ recorded, served })

const NO_PAGES =
  'There are no served pages in this period. Configure the site’s Cloudflare zone, or send page counts to /api/v1/imports/served_pages.'
const NO_VIEWS = 'The script recorded no page view on the days with served pages.'
const MORE_VIEWS =
  'The script recorded more page views than the server delivered pages. The site may be a single-page app, or another server may deliver its pages.'

/** Recorded page views may pass the served pages by chance or by a cached page, but not by a tenth. */
const MOST_RECORDED = 1.1

const reasonOf = ({ recorded, served }: BrowserTraffic, days: number): string | null => {
  if (days === 0) return NO_PAGES
  if (recorded === 0) return NO_VIEWS
  return recorded > served * MOST_RECORDED ? MORE_VIEWS : null
}

/**
 * The coverage from the answers to `coverageQuestions`.
 * @param problem why the last day could not be fetched
 */
export const coverageOf = ([recorded, served]: readonly Answer[], problem: string | null): CoverageAnswer => {
  const cells = cellsOf(recorded?.rows ?? [], served?.rows ?? [])
  const days = joinedBy(cells, 'day').toSorted(([one], [other]) => (one < other ? -1 : 1))
  const browsers = joinedBy(cells, 'browser').toSorted(([, one], [, other]) => other.served - one.served)
  const all = joinTraffic(cells.map(({ traffic }) => traffic))
  const reason = reasonOf(all, days.length)
  const metas = [recorded, served].flatMap(answer => answer?.meta ?? [])
  return {
    period: (recorded?.query.period ?? {}) as DateRange,
    visitors: all.visitors,
    estimate: reason === null ? estimateVisitors(browsers.map(([, traffic]) => traffic)) : null,
    reason,
    days: days.map(([day, traffic]) => ({ day, ...pagesOf(traffic) })),
    browsers: browsers.map(([browser, traffic]) => ({ browser, visitors: traffic.visitors, ...pagesOf(traffic) })),
    problem,
    meta: {
      rows_read: metas.reduce((sum, { rows_read }) => sum + rows_read, 0),
      warnings: [...new Set(metas.flatMap(({ warnings }) => warnings))],
    },
  }
}
