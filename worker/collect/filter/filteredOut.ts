import type { FilteredBy, FilterOut } from '../../../shared/settings'
import { networkOf } from '../../lib/networkOf'
import type { SiteConfig } from '../../storage/siteConfig'
import { deviceOf } from '../enrich/device'
import type { IncomingEvent } from '../parse/incomingEvent'
import { pageEntry } from '../parse/page'
import { type FilterSubject, matchesFilter } from './matchesFilter'

/** What filters compare of an event. The IP address is compared here and never stored. */
const subjectOf = ({ url, place, userAgent, machine, sender }: IncomingEvent): FilterSubject => ({
  page: url && pageEntry(url),
  country: place[0],
  browser: () => machine?.browser || deviceOf(userAgent ?? '', '', false).browser,
  isVisitor: id => sender.visitorId === id || sender.userId === id,
  isFrom: address => sender.address !== null && networkOf(sender.address.trim()) === networkOf(address),
})

/** The reason code under which a filter's events are counted. */
export const filterReason = (what: FilteredBy): string => `filtered_${what}`

/** The first of the site's filters that matches an event, if the site excludes what they match. */
const filterOf = (event: IncomingEvent, { filters_out, excluded_verdicts }: SiteConfig['settings']) =>
  filters_out.length > 0 && excluded_verdicts.includes('rule')
    ? filters_out.find(filter => matchesFilter(subjectOf(event), filter))
    : undefined

/** Why the site's settings filter an event out; `null` if they do not. */
export const filteredOut = (event: IncomingEvent, { settings }: SiteConfig): string | null => {
  const filter = filterOf(event, settings)
  return filter === undefined ? null : filterReason(filter.what)
}

/** All of the site's filters that match one of some events. */
export const filtersMatching = (events: readonly IncomingEvent[], { settings }: SiteConfig): FilterOut[] =>
  settings.filters_out.filter(filter => events.some(event => matchesFilter(subjectOf(event), filter)))
