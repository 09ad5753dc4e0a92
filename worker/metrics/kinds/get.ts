import type { Sums } from '../metric'

export const get = (sums: Sums, name: string): number => sums[name] ?? 0
