import { browserName } from '../browserName.ts'
import { countryCode } from '../countryCode.ts'
import type { DayTable } from '../dayTable.ts'
import { deviceKind } from '../deviceKind.ts'
import { systemName } from '../systemName.ts'
import { ga4EventName } from './ga4EventName.ts'

const PAGE = { dimension: 'page' }
const ENTRY_PAGE = { dimension: 'entry_page' }
const CHANNEL = { dimension: 'channel' }

/** In seconds. */
const timesSessions = (mean: number, sessions: number): number => mean * sessions

/**
 * The columns of reports and explorations in English.
 * @see https://support.google.com/analytics/answer/9143382
 */
export const GA4_TABLE: DayTable = {
  dimensions: {
    'page path and screen class': PAGE,
    'page path': PAGE,
    'page path + query string': PAGE,
    'landing page': ENTRY_PAGE,
    'landing page + query string': ENTRY_PAGE,
    hostname: { dimension: 'hostname' },
    'session default channel group': CHANNEL,
    'session primary channel group (default channel group)': CHANNEL,
    country: { dimension: 'country', written: name => countryCode(name) ?? name },
    region: { dimension: 'region' },
    city: { dimension: 'city' },
    'device category': { dimension: 'device', written: deviceKind },
    browser: { dimension: 'browser', written: browserName },
    'operating system': { dimension: 'os', written: systemName },
    'event name': { dimension: 'event', written: ga4EventName },
  },
  origins: {
    'session source': 'source',
    'session medium': 'medium',
    'session campaign': 'campaign',
    'session source / medium': 'source / medium',
    'session manual term': 'term',
    'session manual ad content': 'content',
  },
  numbers: [
    ['total users', 'visitors'],
    ['active users', 'visitors'],
    ['users', 'visitors'],
    ['sessions', 'sessions'],
    ['views', 'pageviews'],
    ['engaged sessions', 'engaged_sessions'],
  ],
  means: {
    'engagement rate': { number: 'engaged_sessions', numberOf: timesSessions },
    'bounce rate': { number: 'engaged_sessions', numberOf: (rate, sessions) => (1 - rate) * sessions },
    'average session duration': { number: 'duration', numberOf: timesSessions },
  },
  unknown: ['', '(not set)', '(none)', '(direct)', '(organic)', '(referral)', '(data not available)'],
}
