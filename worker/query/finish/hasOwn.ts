import type { Sums } from '../../metrics/metric'

/** Whether the site has something that a metric counts. */
export const hasOwn = (sums: Sums | undefined): boolean => Object.values(sums ?? {}).some(sum => sum !== 0)
