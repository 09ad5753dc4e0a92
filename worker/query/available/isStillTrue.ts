import type { MetricInput } from './metricInput'
import type { MetricState } from './metricState'

/**
 * Whether a stored state still holds. A metric that had a value keeps it. One without can get a value when the site sends a
 * new kind of data, and from day to day if the site already sends what it counts.
 */
export const isStillTrue = (
  state: MetricState | undefined,
  { settings, data, hasInput }: MetricInput,
  day: number,
): boolean => {
  if (state?.settings !== settings) return false
  return state.reason === null || (state.data === data && (state.day >= day || !(hasInput || state.isPending)))
}
