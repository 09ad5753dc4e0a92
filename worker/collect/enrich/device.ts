import { BROWSER_MAP, getParser } from 'bowser'
import { LIMITS } from '../../../shared/limits'
import { memoize } from '../../lib/memoize'

export type DeviceKind = 'desktop' | 'mobile' | 'tablet' | 'tv' | ''

/** The machine of a visitor; `''` for what is unknown. */
export interface Device {
  readonly device: DeviceKind
  /** As bowser names it: `Chrome`, `Microsoft Edge`. */
  readonly browser: string
  readonly os: string
  /** The first language of the browser's list, in its canonical case: `sv-SE`. */
  readonly language: string
  /** `'yes'` when the browser sent Global Privacy Control. */
  readonly gpc: 'yes' | ''
}

export type Machine = Omit<Device, 'language' | 'gpc'>

const UNKNOWN: Machine = { device: '', browser: '', os: '' }
const KINDS = new Set<string>(['desktop', 'mobile', 'tablet', 'tv'])
/** For an unknown program bowser returns the header's first word, which can be anything. */
const BROWSERS = new Set<string>(Object.values(BROWSER_MAP))

/** BCP 47 asks for room for 35 characters: https://www.rfc-editor.org/rfc/rfc5646#section-4.4.1 */
const MOST_LANGUAGE = 35

/**
 * The device, browser, operating system and language that a request's headers tell.
 * @param hasGpc whether the browser sent Global Privacy Control
 * @example deviceOf('Mozilla/5.0 (iPhone; …', 'sv-SE,sv;q=0.9', false) // { device: 'mobile', browser: 'Safari', os: 'iOS', language: 'sv-SE', gpc: '' }
 */
export function deviceOf(userAgent: string, acceptLanguage: string, hasGpc: boolean): Device {
  const machine = machineOf(userAgent.slice(0, LIMITS.userAgent))
  return { ...machine, language: languageOf(acceptLanguage), gpc: hasGpc ? 'yes' : '' }
}

/**
 * The device of a machine that a server named; what it left out is what the headers tell.
 * @example namedDeviceOf('', 'sv-SE', { device: 'mobile', browser: 'Safari', os: '' }) // { device: 'mobile', browser: 'Safari', os: '', language: 'sv-SE', gpc: '' }
 */
export function namedDeviceOf(userAgent: string, acceptLanguage: string, { device, browser, os }: Machine): Device {
  const told = deviceOf(userAgent, acceptLanguage, false)
  return { ...told, device: device || told.device, browser: browser || told.browser, os: os || told.os }
}

const machineOf = memoize((userAgent: string): Machine => {
  if (userAgent === '') return UNKNOWN
  const { browser, os, platform } = getParser(userAgent).getResult()
  // bowser knows no platform of Chrome OS: https://github.com/bowser-js/bowser/blob/master/src/parser-platforms.js
  const kind = os.name === 'Chrome OS' ? 'desktop' : platform.type
  return {
    device: isDeviceKind(kind) ? kind : '',
    browser: browser.name && BROWSERS.has(browser.name) ? browser.name : '',
    os: os.name ?? '',
  }
})

/** Whether a machine is of this kind. Bots, which have a kind of their own, are not. */
export const isDeviceKind = (kind: string | undefined): kind is DeviceKind => kind !== undefined && KINDS.has(kind)

function languageOf(acceptLanguage: string): string {
  const tag = /^\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)\s*(?:[,;]|$)/.exec(acceptLanguage)?.[1] ?? ''
  return tag === '' || tag.length > MOST_LANGUAGE ? '' : canonical(tag)
}

const canonical = memoize((tag: string): string => {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? ''
  } catch {
    return ''
  }
})
