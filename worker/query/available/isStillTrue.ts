import type { MetricInput } from './metricInput'
import type { MetricState } from './metricState'

/**
 * Whether a state still holds. A metric that had a value has one: what it counts is there. One without a value can get
 * one when something that it counts is sent for the first time, and with each day if there is anything to count.
 */
export const isStillTrue = (
  state: MetricState | undefined,
  { settings, data, isFed }: MetricInput,
  day: number,
): boolean => {
  if (state?.settings !== settings) return false
  return state.reason === null || (state.data === data && (state.day >= day || !(isFed || state.isPending)))
}
