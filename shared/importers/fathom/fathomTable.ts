import { browserName } from '../browserName.ts'
import { countryCode } from '../countryCode.ts'
import type { DayTable } from '../dayTable.ts'
import { deviceKind } from '../deviceKind.ts'
import { systemName } from '../systemName.ts'

const EVENT = { dimension: 'event' }

/** The column of a share, which is a fraction in some exports and a percentage in others. */
export const BOUNCE_RATE = 'bounce rate'

/**
 * The columns of a table that Fathom exports. It counts one visit for each visitor of a day.
 * @param whole the bounce rate at which all visits are bounces
 */
export const fathomTable = (whole: 1 | 100): DayTable => ({
  dimensions: {
    pathname: { dimension: 'page' },
    browser: { dimension: 'browser', written: browserName },
    country: { dimension: 'country', written: name => countryCode(name) ?? name },
    'country code': { dimension: 'country' },
    'device type': { dimension: 'device', written: deviceKind },
    'operating system': { dimension: 'os', written: systemName },
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
    [BOUNCE_RATE]: { number: 'bounces', numberOf: (rate, visits) => (rate / whole) * visits },
    'avg duration': { number: 'duration', numberOf: (seconds, visits) => seconds * visits },
  },
  unknown: [''],
})
