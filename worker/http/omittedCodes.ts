import { LIMITS } from '../../shared/limits'
import { PROPERTY_CODE } from '../../shared/wire'
import type { IncomingEvent } from '../collect/parse/incomingEvent'

/** Names that one request may bring; more count under the last code. They are stored by day, and anybody can send names. */
const MOST_NAMES = 10
const OTHER = `${PROPERTY_CODE}(other)`

/**
 * The code of a property that was omitted, in ASCII, since it stands in a header.
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
