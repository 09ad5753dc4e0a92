/**
 * The names that stand for the codes in Matomo's tables, of the browsers and systems that most visitors have.
 * @see https://github.com/matomo-org/device-detector
 */
const BROWSERS: Readonly<Record<string, string>> = {
  AN: 'Android Browser',
  CH: 'Chrome',
  CI: 'Chrome Mobile iOS',
  CM: 'Chrome Mobile',
  CV: 'Chrome Webview',
  DD: 'DuckDuckGo Privacy Browser',
  F1: 'Firefox Mobile iOS',
  FF: 'Firefox',
  FM: 'Firefox Mobile',
  IE: 'Internet Explorer',
  MF: 'Mobile Safari',
  OI: 'Opera Mini',
  OM: 'Opera Mobile',
  OP: 'Opera',
  PS: 'Edge',
  SB: 'Samsung Browser',
  SF: 'Safari',
  VI: 'Vivaldi',
  YA: 'Yandex Browser',
}

const SYSTEMS: Readonly<Record<string, string>> = {
  AND: 'Android',
  COS: 'Chrome OS',
  DEB: 'Debian',
  FED: 'Fedora',
  IOS: 'iOS',
  IPA: 'iPadOS',
  LIN: 'GNU/Linux',
  MAC: 'Mac',
  UBT: 'Ubuntu',
  WIN: 'Windows',
  WPH: 'Windows Phone',
}

/** By number. */
const DEVICES = ['desktop', 'smartphone', 'tablet', 'feature phone', '', 'tv', '', '', '', '', 'phablet']

/** By number. Search engines, websites and social networks have an address, campaigns a name. */
const CAMPAIGN = '6'

const PREFIXES = ['http://', 'http://www.', 'https://', 'https://www.']

/** The names of the codes in Matomo's tables; '' for an unknown code. */
export const matomoCodes = {
  browser: (code: string): string => BROWSERS[code] ?? '',
  system: (code: string): string => SYSTEMS[code] ?? '',
  device: (code: string): string => (code === '' ? '' : (DEVICES[Number(code)] ?? '')),
  referrerType: (code: string): string => (code === CAMPAIGN ? 'campaign' : ''),
  /** An address, which is stored without its beginning. */
  address: (prefix: string, name: string): string => (prefix === '' ? '' : (PREFIXES[Number(prefix)] ?? '')) + name,
} as const
