/**
 * The collector's names of what other tools call otherwise. Umami has the names of the package detect-browser.
 * @see https://github.com/DamienHarper/detect-browser#readme
 */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['android', 'Android Browser'],
  ['Android Webview', 'Chrome'],
  ['bb10', 'BlackBerry'],
  ['chrome', 'Chrome'],
  ['Chrome Mobile', 'Chrome'],
  ['Chrome Mobile iOS', 'Chrome'],
  ['Chrome Webview', 'Chrome'],
  ['chromium-webview', 'Chrome'],
  ['crios', 'Chrome'],
  ['DuckDuckGo Privacy Browser', 'DuckDuckGo'],
  ['Edge', 'Microsoft Edge'],
  ['edge', 'Microsoft Edge'],
  ['edge-chromium', 'Microsoft Edge'],
  ['edge-ios', 'Microsoft Edge'],
  ['firefox', 'Firefox'],
  ['Firefox Mobile', 'Firefox'],
  ['Firefox Mobile iOS', 'Firefox'],
  ['fxios', 'Firefox'],
  ['ie', 'Internet Explorer'],
  ['ios', 'Safari'],
  ['ios-webview', 'Safari'],
  ['Mobile Safari', 'Safari'],
  ['opera', 'Opera'],
  ['Opera Mini', 'Opera'],
  ['opera-mini', 'Opera'],
  ['Opera Mobile', 'Opera'],
  ['safari', 'Safari'],
  ['Safari (in-app)', 'Safari'],
  ['samsung', 'Samsung Internet for Android'],
  ['Samsung Browser', 'Samsung Internet for Android'],
  ['Samsung Internet', 'Samsung Internet for Android'],
  ['silk', 'Amazon Silk'],
  ['YaBrowser', 'Yandex Browser'],
  ['yandexbrowser', 'Yandex Browser'],
])

/** A browser's name as the collector has it. */
export const browserName = (name: string): string => NAMES.get(name) ?? name
