import { LIMITS } from '../../../../shared/limits'
import { PROPERTY_CODE } from '../../../../shared/wire'
import { excludedTexts } from '../../texts/excluded'
import { fill } from '../../texts/fill'

/** The reason why something was not counted, in plain words. */
export interface Exclusion {
  readonly title: string
  /** What the owner can do about it. */
  readonly advice: string
  /** Filtered on purpose, or rejected because it is malformed. */
  readonly kind: 'filtered' | 'rejected'
}

const { advice, exclusions, limits, properties } = excludedTexts

/** Codes of what is filtered on purpose. */
const FILTERED: readonly string[] = [
  'bot',
  'prefetch',
  'datacenter',
  'referrer_spam',
  'gpc',
  'filtered_ip',
  'filtered_country',
  'filtered_hostname',
  'filtered_page',
  'filtered_browser',
  'filtered_visitor',
  'duplicate',
  'server_only',
]

/** The advice that names a limit. */
const ADVICE_WITH_LIMIT: Readonly<Record<string, string>> = {
  rate_limited: fill(limits.rate_limited, { limit: LIMITS.recordsPerMinute }),
  too_many_bytes: fill(limits.too_many_bytes, { limit: LIMITS.bytesPerMinute / 1_000_000 }),
  url_too_long: fill(limits.url_too_long, { limit: LIMITS.url }),
  bad_property_name: fill(limits.bad_property_name, { limit: LIMITS.propertyName }),
  too_many_properties: fill(limits.too_many_properties, { limit: LIMITS.propertiesPerEvent }),
  too_many_items: fill(limits.too_many_items, { limit: LIMITS.itemsPerEvent }),
}

const ADVICE: Readonly<Record<string, string>> = { ...advice, ...ADVICE_WITH_LIMIT }

const rejected = (title: string, advice: string): Exclusion => ({ title, advice, kind: 'rejected' })

const known = (code: keyof typeof exclusions): Exclusion => ({
  title: exclusions[code],
  advice: ADVICE[code] ?? '',
  kind: FILTERED.includes(code) ? 'filtered' : 'rejected',
})

const isKnown = (code: string): code is keyof typeof exclusions => Object.hasOwn(exclusions, code)

const MISSING = /^missing_(.+)$/

const omitted = (code: string): Exclusion => {
  const property = decodeURIComponent(code.slice(PROPERTY_CODE.length))
  return rejected(
    property === '(other)' ? properties.invalidMore : fill(properties.invalid, { property }),
    fill(properties.invalidAdvice, { limit: LIMITS.propertyValue }),
  )
}

/**
 * Describes a reason code. Codes of required and of invalid properties name the property; unknown codes are shown as they are.
 * @example exclusionOf('missing_transaction_id').title // 'Event without transaction_id'
 */
export const exclusionOf = (reason: string): Exclusion => {
  if (isKnown(reason)) return known(reason)
  if (reason.startsWith(PROPERTY_CODE)) return omitted(reason)
  const [, property] = MISSING.exec(reason) ?? []
  if (property) return rejected(fill(properties.missing, { property }), fill(properties.missingAdvice, { property }))
  return rejected(reason, properties.unknownAdvice)
}
