/**
 * The probability that a standard normal number exceeds `z`, for `z` from 0 up, within 7.5e-8.
 * @see Abramowitz, Stegun, "Handbook of mathematical functions" (1972), 26.2.17
 * @example upperTail(1.959963984540054) // 0.025
 */
export const upperTail = (z: number): number => {
  const t = 1 / (1 + 0.2316419 * z)
  const sum = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum
}
