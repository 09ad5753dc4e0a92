import { countryCode } from '../countryCode.ts'
import type { DayTable } from '../dayTable.ts'

const EVENT = { dimension: 'event' }

const DEVICES: Readonly<Record<string, string>> = {
  desktop: 'desktop',
  phone: 'mobile',
  mobile: 'mobile',
  tablet: 'tablet',
}

/** A share as a fraction, where some exports have percentages. */
const fraction = (rate: number): number => (rate > 1 ? rate / 100 : rate)

/** The columns of the tables that Fathom exports. It counts one visit for each visitor of a day. */
export const FATHOM_TABLE: DayTable = {
  dimensions: {
    pathname: { dimension: 'page' },
    browser: { dimension: 'browser' },
    country: { dimension: 'country', written: name => countryCode(name) ?? name },
    'country code': { dimension: 'country' },
    'device type': { dimension: 'device', written: name => DEVICES[name.toLowerCase()] ?? '' },
    'operating system': { dimension: 'os' },
    event: EVENT,
    'event name': EVENT,
    name: EVENT,
  },
  origins: { 'referrer hostname': 'referrer' },
  numbers: [
    ['uniques', 'visitors'],
    ['unique completions', 'visitors'],
    ['visits', 'visitors'],
    ['visits', 'sessions'],
    ['pageviews', 'pageviews'],
    ['views', 'pageviews'],
    ['completions', 'events'],
    ['conversions', 'events'],
  ],
  means: {
    'bounce rate': { number: 'bounces', numberOf: (rate, visits) => fraction(rate) * visits },
    'avg duration': { number: 'duration', numberOf: (seconds, visits) => seconds * visits },
  },
  unknown: [''],
}
