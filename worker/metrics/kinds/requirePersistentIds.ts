import type { Metric, Reading, Sums } from '../metric'
import { get } from './get'

const needsIdentity = (leftOut: number): Reading => ({
  value: null,
  numerator: null,
  denominator: null,
  interval: null,
  status: 'needs_identity',
  reason: 'No visitor in this period has a persistent id; use data-id="persistent", identify, or send visitor_id.',
  pending: 0,
  left_out: leftOut,
})

/**
 * Reads a metric that may need persistent ids: it counts visitors who have one and says how many were left out, or that
 * nobody has one. Its measures count visitors with a persistent id as `lasting`, and those without as `others`.
 */
export const requirePersistentIds = (metric: Pick<Metric, 'needs'>, sums: Sums, read: () => Reading): Reading => {
  const others = get(sums, 'others')
  if (!metric.needs.includes('lasting_id') || others === 0) return read()
  return get(sums, 'lasting') === 0 ? needsIdentity(others) : { ...read(), left_out: others }
}
