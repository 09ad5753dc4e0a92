import { browserName } from '../browserName.ts'
import { countryCode } from '../countryCode.ts'
import { deviceKind } from '../deviceKind.ts'
import { systemName } from '../systemName.ts'
import { type Ga4Row, textAt } from './ga4Row.ts'

/** Device and place of an event; `undefined` for a part that is unknown. */
export const ga4Device = (row: Ga4Row) => {
  const browser = textAt(row, 'device', 'web_info', 'browser') || textAt(row, 'device', 'browser')
  const os = textAt(row, 'device', 'operating_system')
  return {
    browser: browserName(browser) || undefined,
    os: systemName(os) || undefined,
    device: deviceKind(textAt(row, 'device', 'category')) || undefined,
    language: textAt(row, 'device', 'language') || undefined,
    country: countryCode(textAt(row, 'geo', 'country')),
    region: textAt(row, 'geo', 'region') || undefined,
    city: textAt(row, 'geo', 'city') || undefined,
  }
}
