/**
 * The collector's names of what Umami calls otherwise. Umami stores the names of the package detect-browser.
 * @see https://github.com/DamienHarper/detect-browser#readme
 * @see https://github.com/umami-software/umami/blob/master/src/lib/constants.ts
 */
const BROWSERS: Readonly<Record<string, string>> = {
  android: 'Android Browser',
  bb10: 'BlackBerry',
  chrome: 'Chrome',
  'chromium-webview': 'Chrome',
  crios: 'Chrome',
  edge: 'Microsoft Edge',
  'edge-chromium': 'Microsoft Edge',
  'edge-ios': 'Microsoft Edge',
  firefox: 'Firefox',
  fxios: 'Firefox',
  ie: 'Internet Explorer',
  ios: 'Safari',
  'ios-webview': 'Safari',
  opera: 'Opera',
  'opera-mini': 'Opera',
  safari: 'Safari',
  samsung: 'Samsung Internet for Android',
  silk: 'Amazon Silk',
  yandexbrowser: 'Yandex Browser',
}

const SYSTEMS: Readonly<Record<string, string>> = {
  'Android OS': 'Android',
  'BlackBerry OS': 'BlackBerry',
  'Mac OS': 'macOS',
  'Windows Mobile': 'Windows Phone',
}

const DEVICES: Readonly<Record<string, string>> = {
  desktop: 'desktop',
  laptop: 'desktop',
  mobile: 'mobile',
  tablet: 'tablet',
  smarttv: 'tv',
}

const systemOf = (os: string): string => SYSTEMS[os] ?? (/^Windows (?!Phone)/.test(os) ? 'Windows' : os)

/** The machine of a session; `undefined` for a part that is unknown. */
export const umamiDevice = (browser: string, os: string, device: string) => ({
  browser: (BROWSERS[browser] ?? browser) || undefined,
  os: systemOf(os) || undefined,
  device: DEVICES[device],
})
