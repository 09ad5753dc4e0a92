import type { FilteredBy, FilterOut } from '../../../shared/settings'
import { globOf, matchesGlob } from '../../lib/glob'
import { networkOf } from '../../lib/networkOf'
import type { SiteConfig } from '../../storage/siteConfig'
import { deviceOf } from '../enrich/device'
import type { IncomingEvent } from '../parse/incomingEvent'
import { pageEntry } from '../parse/page'

type Test = (event: IncomingEvent, is: string) => boolean

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** Whether a text matches a pattern, in which `*` is any run of characters. */
const matches = (text: string, pattern: string): boolean => matchesGlob(text, globOf(pattern))

/** Whether a filter matches an event. The IP address is compared here and never stored. */
const TESTS: Readonly<Record<FilteredBy, Test>> = {
  ip: ({ sender: { address } }, is) => address !== null && networkOf(address.trim()) === networkOf(is),
  country: ({ place: [country] }, is) => country !== undefined && same(country, is),
  hostname: ({ url }, is) => url !== null && matches(pageEntry(url)[0], is.toLowerCase()),
  page: ({ url }, is) => url !== null && matches(pageEntry(url)[1], is),
  browser: ({ userAgent, machine }, is) => same(machine?.browser || deviceOf(userAgent ?? '', '', false).browser, is),
  visitor: ({ sender: { visitorId, userId } }, is) => visitorId === is || userId === is,
}

/** The reason code under which a filter's events are counted. */
export const filterReason = (what: FilteredBy): string => `filtered_${what}`

/** Why the site's settings filter an event out; `null` if they do not. */
export const filteredOut = (event: IncomingEvent, { settings }: SiteConfig): string | null => {
  const filter = settings.filters_out.find(({ what, is }: FilterOut) => TESTS[what](event, is))
  return filter === undefined ? null : filterReason(filter.what)
}
