export type Rating = 'good' | 'needs improvement' | 'poor'

/** Up to the first value it is good, above the second it is poor: https://web.dev/articles/vitals. */
const THRESHOLDS = {
  lcp: [2.5, 4],
  inp: [0.2, 0.5],
  cls: [0.1, 0.25],
} as const satisfies Readonly<Record<string, readonly [number, number]>>

/** A Core Web Vital. */
export type VitalId = keyof typeof THRESHOLDS

export const VITAL_IDS = Object.keys(THRESHOLDS) as VitalId[]

/** @example ratingOf('lcp', 2.5) // 'good' */
export const ratingOf = (vital: VitalId, value: number): Rating => {
  const [good, poor] = THRESHOLDS[vital]
  if (value <= good) return 'good'
  return value <= poor ? 'needs improvement' : 'poor'
}
