import type { SessionCondition } from '../../relations/terms'

/**
 * Whether a session is engaged: 10 visible seconds, two page views, or a conversion.
 * @see https://support.google.com/analytics/answer/12195621
 */
export const engaged: SessionCondition = {
  columns: ['seen', 'views'],
  sql: terms => `(seen >= 10000 or views >= 2 or ${terms.sessionMeets(...terms.conversions)})`,
}
