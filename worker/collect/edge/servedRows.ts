import { aiCrawlerOf } from '../../../shared/aiCrawlerOf'
import type { ImportRow } from '../../storage/importRow'
import { deviceOf } from '../enrich/device'
import { isBot } from '../filter/isBot'
import type { EdgeGroup } from './askEdge'

/** The requests that a number of pages was estimated from, if not every request was counted. */
const sampledIn = (groups: readonly EdgeGroup[], pages: number): { readonly sampled?: number } => {
  const sampled = Math.max(1, Math.round(groups.reduce((sum, { count, interval }) => sum + count / interval, 0)))
  return sampled < pages ? { sampled } : {}
}

/** The pages served to browsers on a day, by browser; bots are told as the collector tells them. */
export const servedRows = (day: number, groups: readonly EdgeGroup[]): ImportRow[] => {
  const people = groups.filter(({ userAgent }) => !isBot(userAgent) && aiCrawlerOf(userAgent) === null)
  const byBrowser = Map.groupBy(people, ({ userAgent }) => deviceOf(userAgent, '', false).browser)
  return [...byBrowser].map(([browser, ofBrowser]) => {
    const pages = Math.round(ofBrowser.reduce((sum, { count }) => sum + count, 0))
    return { day, texts: { browser }, currency: null, numbers: { pages, ...sampledIn(ofBrowser, pages) } }
  })
}
