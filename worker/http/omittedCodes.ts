import { LIMITS } from '../../shared/limits'
import { PROPERTY_CODE } from '../../shared/wire'
import type { IncomingEvent } from '../collect/parse/incomingEvent'

/** Anybody can send names, and each is stored by day. Beyond these of one request, all count under one code. */
const MOST_NAMES = 10
const OTHER = `${PROPERTY_CODE}(other)`

/**
 * The code of an omitted property, in ASCII, because a header holds it.
 * @example omittedCode('größe') // 'property:gr%C3%B6%C3%9Fe'
 */
export const omittedCode = (name: string): string =>
  PROPERTY_CODE + encodeURIComponent(name.slice(0, LIMITS.propertyName).toWellFormed())

/** The codes of all properties that events are stored without, one for each event. */
export const omittedCodes = (events: readonly Pick<IncomingEvent, 'omitted'>[]): string[] => {
  const codes = new Map<string, string>()
  const codeOf = (name: string): string => {
    const code = codes.get(name) ?? (codes.size < MOST_NAMES ? omittedCode(name) : OTHER)
    if (code !== OTHER) codes.set(name, code)
    return code
  }
  return events.flatMap(({ omitted }) => Array.from(omitted.keys(), codeOf))
}
