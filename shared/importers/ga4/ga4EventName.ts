/** Events of Google Analytics that have another name here. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['click', 'outbound_click'],
  ['view_search_results', 'search'],
])

/** The name here of an event of Google Analytics. */
export const ga4EventName = (sent: string): string => NAMES.get(sent) ?? sent

const LEFT_OUT: ReadonlyMap<string, string> = new Map([
  ['session_start', 'session_start events: sessions are derived from page views and events'],
  ['first_visit', 'first_visit events: new visitors are derived from their first session'],
  ['user_engagement', 'user_engagement events: their time is the visible time of page views'],
  ['scroll', 'scroll events: they are the scroll depth of page views'],
])

/** Why an event of Google Analytics is none here; `undefined` if it is one. */
export const ga4NoEvent = (sent: string): string | undefined => LEFT_OUT.get(sent)
