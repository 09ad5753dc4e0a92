import type { Interval } from '../../shared/question.ts'
import { sum } from './scope.ts'

/** Almost two standard errors on each side hold 95 % of a normal distribution. */
const Z = 1.959963984540054

/** The point where an increasing function passes a value, by bisection. */
const solve = (rising: (x: number) => number, value: number, low: number, high: number): number => {
  const middle = (low + high) / 2
  if (middle <= low || middle >= high) return middle
  return rising(middle) < value ? solve(rising, value, middle, high) : solve(rising, value, low, middle)
}

const memoized = <T>(work: (n: number) => T) => {
  const known = new Map<number, T>()
  return (n: number): T => {
    const value = known.get(n) ?? work(n)
    known.set(n, value)
    return value
  }
}

/** The probability of at most so many where so many are expected. */
const poissonAtMost = (count: number, mean: number): number => {
  let [term, all] = [Math.exp(-mean), 0]
  for (let k = 0; k <= count; k++) {
    all += term
    term *= mean / (k + 1)
  }
  return all
}

/** The means for which a Poisson count as far off has a probability of 2.5 %. */
export const countInterval = memoized((count: number): Interval => {
  const most = 20 + 3 * count
  const low = count === 0 ? 0 : solve(mean => 1 - poissonAtMost(count - 1, mean), 0.025, 0, most)
  return [low, solve(mean => -poissonAtMost(count, mean), -0.025, 0, most)]
})

/** The shares that a score test does not reject: between the roots of (x/n − p)² = z² p (1 − p) / n. */
export const shareInterval = (part: number, whole: number): Interval | null => {
  if (whole === 0) return null
  const [share, noise] = [part / whole, Z ** 2 / whole]
  const [a, b, c] = [1 + noise, -(2 * share + noise), share ** 2]
  const root = Math.sqrt(Math.max(0, b * b - 4 * a * c))
  return [(-b - root) / (2 * a), (-b + root) / (2 * a)]
}

/** A difference of shares, each as far off as its own interval goes. */
export const shareDifference = (now: readonly [number, number], before: readonly [number, number]): Interval | null => {
  const [one, other] = [shareInterval(...now), shareInterval(...before)]
  if (!one || !other) return null
  const [p, q] = [now[0] / now[1], before[0] / before[1]]
  return [
    p - q - Math.sqrt((p - one[0]) ** 2 + (other[1] - q) ** 2),
    p - q + Math.sqrt((one[1] - p) ** 2 + (q - other[0]) ** 2),
  ]
}

/** The area under Student's density from 0, by Simpson's rule. */
const studentArea = (to: number, degrees: number): number => {
  const density = (t: number) => (1 + t ** 2 / degrees) ** (-(degrees + 1) / 2)
  const whole = (end: number, steps: number) => {
    const width = end / steps
    const parts = Array.from({ length: steps + 1 }, (_, n) => {
      const weight = n === 0 || n === steps ? 1 : n % 2 === 1 ? 4 : 2
      return weight * density(n * width)
    })
    return (sum(parts) * width) / 3
  }
  return whole(to, 2000)
}

/** Γ((ν + 1) / 2) / (√(νπ) Γ(ν / 2)), by going down two degrees at a time. */
const studentScale = (degrees: number): number => {
  if (degrees === 1) return 1 / Math.PI
  if (degrees === 2) return 1 / (2 * Math.SQRT2)
  return (studentScale(degrees - 2) * (degrees - 1) * Math.sqrt((degrees - 2) / degrees)) / (degrees - 2)
}

const studentQuantile = memoized((degrees: number): number =>
  solve(t => studentScale(degrees) * studentArea(t, degrees), 0.475, 0, 13),
)

export const mean = (values: readonly number[]): number => sum(values) / values.length

/** A mean of independent values. */
export const meanInterval = (values: readonly number[]): Interval | null => {
  if (values.length < 2) return null
  const middle = mean(values)
  const variance = sum(values.map(value => (value - middle) ** 2)) / (values.length - 1)
  const half = studentQuantile(values.length - 1) * Math.sqrt(variance / values.length)
  return [middle - half, middle + half]
}

/** A ratio of sums over people: the mean of each person's residual, scaled by the denominator. */
export const ratioInterval = (pairs: readonly (readonly [number, number])[]): Interval | null => {
  const [x, y] = [sum(pairs.map(([x]) => x)), sum(pairs.map(([, y]) => y))]
  if (pairs.length < 2 || y === 0) return null
  const off = pairs.map(([one, of]) => one - (x / y) * of)
  const half = ((meanInterval(off)?.[1] ?? 0) - mean(off)) * (pairs.length / y)
  return [x / y - half, x / y + half]
}

/** The order statistics beyond which a fair coin leaves at most 2.5 %. */
export const medianInterval = (values: readonly number[]): Interval | null => {
  const n = values.length
  if (n < 6) return null
  const sorted = values.toSorted((a, b) => a - b)
  let [rank, ways, beyond] = [0, 1n, 1n]
  while (1000n * beyond <= 25n * 2n ** BigInt(n)) {
    rank += 1
    ways = (ways * BigInt(n - rank + 1)) / BigInt(rank)
    beyond += ways
  }
  return [sorted[rank - 1] as number, sorted[n - rank] as number]
}

/** The order statistics beyond which a coin that lands on heads with probability 3/4 leaves at most 2.5 %. */
export const percentile75Interval = (values: readonly number[]): Interval | null => {
  const n = values.length
  const sorted = values.toSorted((a, b) => a - b)
  const all = 4n ** BigInt(n)
  /** How many of the 4 ** n equally likely outcomes have this many values below the percentile. */
  const ways: bigint[] = [1n]
  for (let k = 1; k <= n; k++) ways.push(((ways[k - 1] as bigint) * 3n * BigInt(n - k + 1)) / BigInt(k))
  const isOver = (outcomes: readonly bigint[]) => 1000n * outcomes.reduce((one, other) => one + other, 0n) > 25n * all
  const low = ways.findIndex((_, k) => isOver(ways.slice(0, k + 1)))
  const high = n + 1 - ways.findIndex((_, k) => isOver(ways.slice(n - k)))
  return low < 1 || high > n ? null : [sorted[low - 1] as number, sorted[high - 1] as number]
}

/** The square of the standard error that half of a symmetric interval is 1.96 times. */
export const varianceIn = (interval: Interval | null): number | null =>
  interval === null ? null : ((interval[1] - interval[0]) / (2 * Z)) ** 2

export const around = (value: number, variance: number): Interval => [
  value - Z * Math.sqrt(variance),
  value + Z * Math.sqrt(variance),
]

/** A growth factor less 1, by its logarithm. */
export const growth = (now: number, varianceNow: number, before: number, varianceBefore: number): Interval | null => {
  if (now <= 0 || before <= 0) return null
  const error = Math.sqrt(varianceNow / now ** 2 + varianceBefore / before ** 2)
  const [low, high] = [-1, 1].map(sign => (now / before) * Math.exp(sign * Z * error) - 1)
  return high === undefined || !Number.isFinite(high) ? null : [low ?? Number.NaN, high]
}
