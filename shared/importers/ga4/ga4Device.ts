import { countryCode } from '../countryCode.ts'
import { type Ga4Row, textAt } from './ga4Row.ts'

/** The collector's names of what Google Analytics calls otherwise. */
const BROWSERS: Readonly<Record<string, string>> = {
  'Android Browser': 'Android Browser',
  'Android Webview': 'Chrome',
  Edge: 'Microsoft Edge',
  'Safari (in-app)': 'Safari',
  'Samsung Internet': 'Samsung Internet for Android',
  YaBrowser: 'Yandex Browser',
}

const SYSTEMS: Readonly<Record<string, string>> = { Macintosh: 'macOS', Web: '' }

const DEVICES: Readonly<Record<string, string>> = {
  desktop: 'desktop',
  mobile: 'mobile',
  tablet: 'tablet',
  'smart tv': 'tv',
}

export const ga4Browser = (name: string): string => BROWSERS[name] ?? name

export const ga4System = (name: string): string => SYSTEMS[name] ?? name

/** '' for a kind that the collector does not know. */
export const ga4DeviceKind = (name: string): string => DEVICES[name.toLowerCase()] ?? ''

/** Device and place of an event; `undefined` for a part that is unknown. */
export const ga4Device = (row: Ga4Row) => {
  const browser = textAt(row, 'device', 'web_info', 'browser') || textAt(row, 'device', 'browser')
  const os = textAt(row, 'device', 'operating_system')
  return {
    browser: ga4Browser(browser) || undefined,
    os: ga4System(os) || undefined,
    device: ga4DeviceKind(textAt(row, 'device', 'category')) || undefined,
    language: textAt(row, 'device', 'language') || undefined,
    country: countryCode(textAt(row, 'geo', 'country')),
    region: textAt(row, 'geo', 'region') || undefined,
    city: textAt(row, 'geo', 'city') || undefined,
  }
}
