import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Z } from '../../../shared/normal'
import type { Interval } from '../../../shared/question'
import { wilson } from '../../../shared/wilson'
import { benjaminiHochberg } from './benjaminiHochberg'
import { compoundPoisson } from './compoundPoisson'
import { equalRates } from './equalRates'
import { garwood } from './garwood'
import { type Estimate, growthInterval } from './growthInterval'
import { newcombe } from './newcombe'
import { npsInterval, npsVariance } from './nps'
import { quantileRanks } from './quantileRanks'
import { ratioInterval } from './ratioInterval'
import { meanInterval, studentT } from './studentT'
import { upperTail } from './upperTail'
import { varianceOf } from './varianceOf'

const width = ([low, high]: Interval): number => high - low
const rounded = (interval: readonly number[] | null, digits: number): readonly number[] | undefined =>
  interval?.map(bound => Number(bound.toFixed(digits)))

/** A number of trials and how many of them succeeded. */
const someShare = fc
  .integer({ min: 1, max: 1_000_000 })
  .chain(trials => fc.tuple(fc.integer({ min: 0, max: trials }), fc.constant(trials)))

describe('wilson', () => {
  test.each([
    [0, 1, 0, 0.793451],
    [1, 1, 0.206549, 1],
    [1, 10, 0.017876, 0.40415],
    [5, 10, 0.236593, 0.763407],
    [3, 100, 0.010255, 0.084519],
    [27, 90, 0.215109, 0.401265],
    [700, 1000, 0.670876, 0.727593],
  ])('%i of %i', (successes, trials, low, high) => {
    expect(rounded(wilson(successes, trials), 6)).toEqual([low, high])
  })

  test('none of none is undefined', () => {
    expect(wilson(0, 0)).toBeNull()
  })

  test('lies in [0, 1], contains the share, mirrors its complement, narrows with more trials', () => {
    fc.assert(
      fc.property(someShare, ([successes, trials]) => {
        const [low, high] = wilson(successes, trials) as Interval
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(successes / trials)
        expect(high).toBeGreaterThanOrEqual(successes / trials)
        expect(high).toBeLessThanOrEqual(1)
        const [mirroredLow, mirroredHigh] = wilson(trials - successes, trials) as Interval
        expect(mirroredLow).toBeCloseTo(1 - high, 12)
        expect(mirroredHigh).toBeCloseTo(1 - low, 12)
        expect(width(wilson(successes * 4, trials * 4) as Interval)).toBeLessThan(high - low)
      }),
    )
  })

  test('its bounds are the shares whose score test just rejects', () => {
    for (const bound of wilson(27, 90) as Interval) {
      expect(Math.abs(27 / 90 - bound) / Math.sqrt((bound * (1 - bound)) / 90)).toBeCloseTo(Z, 10)
    }
  })
})

describe('newcombe', () => {
  test.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [45, 1000, 30, 1000, -0.0018, 0.0322],
  ])('%i/%i − %i/%i', (x1, n1, x2, n2, low, high) => {
    expect(rounded(newcombe(x1, n1, x2, n2), 4)).toEqual([low, high])
  })

  test('is undefined when either share is', () => {
    expect(newcombe(0, 0, 1, 2)).toBeNull()
    expect(newcombe(1, 2, 0, 0)).toBeNull()
  })

  test('lies in [−1, 1], contains the difference, turns with its sides, narrows with more trials', () => {
    fc.assert(
      fc.property(someShare, someShare, ([x1, n1], [x2, n2]) => {
        const [low, high] = newcombe(x1, n1, x2, n2) as Interval
        expect(low).toBeGreaterThanOrEqual(-1)
        expect(high).toBeLessThanOrEqual(1)
        expect(low).toBeLessThanOrEqual(x1 / n1 - x2 / n2)
        expect(high).toBeGreaterThanOrEqual(x1 / n1 - x2 / n2)
        const [turnedLow, turnedHigh] = newcombe(x2, n2, x1, n1) as Interval
        expect(turnedLow).toBeCloseTo(-high, 12)
        expect(turnedHigh).toBeCloseTo(-low, 12)
        expect(width(newcombe(x1 * 4, n1 * 4, x2 * 4, n2 * 4) as Interval)).toBeLessThan(high - low)
      }),
    )
  })
})

describe('garwood', () => {
  test.each([
    [0, 0, 3.6889, 4],
    [1, 0.0253, 5.5716, 4],
    [5, 1.6235, 11.6683, 4],
    [10, 4.7954, 18.3904, 4],
    [100, 81.364, 121.627, 3],
    // From here on scipy.stats.chi2.ppf: on both sides of the change to the expansion, and far out.
    [199, 172.31029341, 228.6527409839, 4],
    [201, 174.17164602, 230.7910507311, 4],
    [1000, 938.97301843, 1063.952136039, 4],
    [10_000_000, 9_993_802.9969, 10_006_199.8977, 4],
  ])('%i', (count, low, high, digits) => {
    expect(rounded(garwood(count), digits)).toEqual(rounded([low, high], digits))
  })

  test('each bound leaves 2.5 % of the Poisson distribution beyond the count', () => {
    /** P(X ≤ count) of a Poisson distribution. */
    const atMost = (count: number, mean: number): number => {
      let [term, sum] = [Math.exp(-mean), 0]
      for (let k = 0; k <= count; k++) {
        sum += term
        term *= mean / (k + 1)
      }
      return sum
    }
    for (let count = 1; count <= 300; count++) {
      const [low, high] = garwood(count)
      expect(1 - atMost(count - 1, low), `lower bound of ${count}`).toBeCloseTo(0.025, 7)
      expect(atMost(count, high), `upper bound of ${count}`).toBeCloseTo(0.025, 7)
    }
  })

  test('contains the count, rises with it and narrows beside it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), count => {
        const [low, high] = garwood(count)
        const [nextLow, nextHigh] = garwood(count + 1)
        expect(low > 0 && low < count && count < high).toBe(true)
        expect(nextLow > low && nextHigh > high).toBe(true)
        expect(width(garwood(4 * count)) / (4 * count)).toBeLessThan((high - low) / count)
      }),
    )
  })
})

describe('studentT', () => {
  test.each([
    [1, 12.706204736],
    [2, 4.30265273],
    [3, 3.182446305],
    [5, 2.570581836],
    [10, 2.228138852],
    [30, 2.042272456],
    [100, 1.983971519],
    [101, 1.983731003],
    [1000, 1.962339081],
    [10_000_000, 1.959964222],
  ])('with %i degrees of freedom', (degrees, quantile) => {
    expect(studentT(degrees)).toBeCloseTo(quantile, 8)
  })

  test('falls towards the normal quantile', () => {
    for (let degrees = 1; degrees < 300; degrees++) {
      expect(studentT(degrees)).toBeGreaterThan(studentT(degrees + 1))
      expect(studentT(degrees)).toBeGreaterThan(Z)
    }
  })
})

/** Sums, sums of squares and of products of pairs. */
function sums(pairs: readonly (readonly [number, number])[]): readonly [number, number, number, number, number] {
  const total = (of: (x: number, y: number) => number): number => pairs.reduce((sum, [x, y]) => sum + of(x, y), 0)
  return [total(x => x), total((_, y) => y), total(x => x * x), total((x, y) => x * y), total((_, y) => y * y)]
}

describe('meanInterval', () => {
  test("of the sleep gained by Student's ten patients is 0.75 hours", () => {
    const values = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]
    const [sum, , squares] = sums(values.map(value => [value, 1]))
    expect(rounded(meanInterval(10, sum, squares), 4)).toEqual([-0.5298, 2.0298])
  })

  test('of one value or none is undefined', () => {
    expect(meanInterval(0, 0, 0)).toBeNull()
    expect(meanInterval(1, 5, 25)).toBeNull()
  })

  test('of equal values has no width despite rounding', () => {
    expect(width(meanInterval(3, 0.3, 0.03) as Interval)).toBeLessThan(1e-7)
    expect(meanInterval(2, 2, 2)).toEqual([1, 1])
  })

  test('contains the mean and narrows with more values', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2 }), values => {
        const [sum, , squares] = sums(values.map(value => [value, 1]))
        const [low, high] = meanInterval(values.length, sum, squares) as Interval
        expect(low <= sum / values.length && sum / values.length <= high).toBe(true)
        const wider = meanInterval(4 * values.length, 4 * sum, 4 * squares) as Interval
        expect(width(wider)).toBeLessThanOrEqual(high - low)
      }),
    )
  })
})

describe('ratioInterval', () => {
  test('by hand: visitors with 1, 2 and 6 pages in 1, 1 and 2 sessions', () => {
    // R = 9/4, residuals −1.25, −0.25, 1.5: Σ = 3.875, t = 4.302653, half = t·√(3.875·3/2)/4.
    const [sx, sy, sxx, sxy, syy] = sums([
      [1, 1],
      [2, 1],
      [6, 2],
    ])
    expect(rounded(ratioInterval(3, sx, sy, sxx, sxy, syy), 4)).toEqual([-0.3433, 4.8433])
  })

  test('with every denominator 1 it is the interval of the mean', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2 }), values => {
        const [sx, sy, sxx, sxy, syy] = sums(values.map(value => [value, 1]))
        const ratio = ratioInterval(values.length, sx, sy, sxx, sxy, syy) as Interval
        const mean = meanInterval(values.length, sx, sxx) as Interval
        expect(ratio[0]).toBeCloseTo(mean[0], 6)
        expect(ratio[1]).toBeCloseTo(mean[1], 6)
      }),
    )
  })

  test('contains the ratio and narrows with more visitors', () => {
    const somePair = fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 50 }))
    fc.assert(
      fc.property(fc.array(somePair, { minLength: 2 }), pairs => {
        const all = sums(pairs)
        const [low, high] = ratioInterval(pairs.length, ...all) as Interval
        expect(low <= all[0] / all[1] && all[0] / all[1] <= high).toBe(true)
        const [sx, sy, sxx, sxy, syy] = all
        const wider = ratioInterval(4 * pairs.length, 4 * sx, 4 * sy, 4 * sxx, 4 * sxy, 4 * syy) as Interval
        expect(width(wider)).toBeLessThanOrEqual(high - low + 1e-9)
      }),
    )
  })

  test('of one visitor, or over zero, is undefined', () => {
    expect(ratioInterval(1, 3, 1, 9, 3, 1)).toBeNull()
    expect(ratioInterval(2, 0, 0, 0, 0, 0)).toBeNull()
  })
})

describe('compoundPoisson', () => {
  test('of 120 orders of 322.50', () => {
    // Half the width is 1.959964 × 322.5 × √120.
    expect(rounded(compoundPoisson(38_700, 120 * 322.5 ** 2), 4)).toEqual([31_775.8187, 45_624.1813])
  })

  test('of zero has no width', () => {
    expect(compoundPoisson(0, 0)).toEqual([0, 0])
  })

  test('of orders of 1 is as wide as that of their count', () => {
    expect(width(compoundPoisson(400, 400))).toBeCloseTo(2 * Z * 20, 10)
  })
})

describe('growthInterval', () => {
  const poisson = (count: number): Estimate => ({ value: count, variance: count })

  test.each([
    ['5 → 223 visitors', poisson(5), poisson(223), 1738.3, 10_720.5, 1],
    ['100 → 110 visitors', poisson(100), poisson(110), -16.1, 44.21, 2],
    [
      '120 orders of 322.50 → one of 20',
      { value: 38_700, variance: 120 * 322.5 ** 2 },
      { value: 20, variance: 20 ** 2 },
      -99.993,
      -99.63,
      3,
    ],
  ])('%s', (_name, before, now, low, high, digits) => {
    const percents = growthInterval(now, before)?.map(bound => 100 * bound) ?? null
    expect(rounded(percents, digits)).toEqual([low, high])
  })

  test('is undefined unless both are above 0, or when it is unbounded', () => {
    expect(growthInterval(poisson(0), poisson(5))).toBeNull()
    expect(growthInterval(poisson(5), poisson(0))).toBeNull()
    expect(growthInterval({ value: -3, variance: 1 }, poisson(5))).toBeNull()
    expect(growthInterval({ value: 1e-9, variance: 1 }, poisson(5))).toBeNull()
  })

  test('contains the growth, never passes −100 %, and turns with its sides', () => {
    const some = fc
      .tuple(fc.double({ min: 1, max: 1000, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([value, relative]): Estimate => ({ value, variance: relative * value ** 2 }))
    fc.assert(
      fc.property(some, some, (now, before) => {
        const [low, high] = growthInterval(now, before) as Interval
        const growth = now.value / before.value
        expect(low).toBeGreaterThanOrEqual(-1)
        expect(low + 1).toBeLessThanOrEqual(growth * (1 + 1e-9))
        expect(high + 1).toBeGreaterThanOrEqual(growth * (1 - 1e-9))
        const [turnedLow, turnedHigh] = growthInterval(before, now) as Interval
        expect(Math.abs((1 + turnedLow) * (1 + high) - 1)).toBeLessThan(1e-9)
        expect(Math.abs((1 + turnedHigh) * (1 + low) - 1)).toBeLessThan(1e-9)
      }),
    )
  })
})

describe('npsVariance', () => {
  test('of 50 promoters and 20 detractors among 100 is 7.81²', () => {
    expect(npsVariance(50, 20, 100)).toBeCloseTo(61, 10)
    expect(rounded(npsInterval(50, 20, 100), 2)).toEqual([14.69, 45.31])
  })

  test('of one answer is 0', () => {
    expect(npsVariance(7, 0, 7)).toBe(0)
  })
})

describe('varianceOf', () => {
  test('squares the standard errors in half the width', () => {
    expect(varianceOf([10 - 3 * Z, 10 + 3 * Z])).toBeCloseTo(9, 10)
    expect(varianceOf(null)).toBeNull()
  })
})

describe('quantileRanks', () => {
  test.each([
    [6, 0.5, 1, 6],
    [10, 0.5, 2, 9],
    [20, 0.5, 6, 15],
    [30, 0.5, 10, 21],
    [100, 0.5, 40, 61],
    [13, 0.75, 7, 13],
    [20, 0.75, 11, 19],
    [100, 0.75, 66, 84],
  ])('of %i values at %f', (n, share, low, high) => {
    expect(quantileRanks(n, share)).toEqual([low, high])
  })

  test('are undefined for too few values', () => {
    for (let n = 0; n <= 5; n++) expect(quantileRanks(n, 0.5)).toBeNull()
    for (let n = 0; n <= 12; n++) expect(quantileRanks(n, 0.75)).toBeNull()
  })

  /** The first count, from 0, at which the exact probability of a binomial count up to it is over 2.5 %; shares are a of b. */
  const exactly = (n: number, a: bigint, b: bigint): number => {
    const limit = b ** BigInt(n) * 25n
    let [count, ways] = [0, (b - a) ** BigInt(n)]
    let sum = ways
    while (sum * 1000n <= limit) {
      count++
      ways = (ways * BigInt(n - count + 1) * a) / (BigInt(count) * (b - a))
      sum += ways
    }
    return count
  }

  test('match the exact binomial, the median up to 2,000 and the 75th percentile up to 1,000', () => {
    for (let n = 6; n <= 2000; n++) {
      const low = exactly(n, 1n, 2n)
      expect(quantileRanks(n, 0.5), `n = ${n}`).toEqual([low, n + 1 - low])
    }
    for (let n = 13; n <= 1000; n++) {
      // A value is above the quantile as often as one is below that of the rest.
      expect(quantileRanks(n, 0.75), `n = ${n}`).toEqual([exactly(n, 3n, 4n), n + 1 - exactly(n, 1n, 4n)])
    }
  })

  test('cover 95 % and could not be narrower, up to ten million', () => {
    const random = fc.tuple(fc.integer({ min: 2000, max: 10_000_000 }), fc.constantFrom(0.5, 0.75))
    fc.assert(
      fc.property(random, ([n, share]) => {
        const [low, high] = quantileRanks(n, share) as readonly [number, number]
        expect(atMost(low - 1, n, share)).toBeLessThanOrEqual(0.025)
        expect(atMost(low, n, share)).toBeGreaterThan(0.025)
        expect(atMost(n - high, n, 1 - share)).toBeLessThanOrEqual(0.025)
        expect(atMost(n - high + 1, n, 1 - share)).toBeGreaterThan(0.025)
      }),
    )
  })

  /** P(X ≤ k) of the binomial: its last term by Stirling's series, the others by their ratios. */
  function atMost(k: number, n: number, share: number): number {
    const logOfFactorial = (x: number): number =>
      x * Math.log(x) - x + Math.log(2 * Math.PI * x) / 2 + 1 / (12 * x) - 1 / (360 * x ** 3)
    const ways = logOfFactorial(n) - logOfFactorial(k) - logOfFactorial(n - k)
    const last = Math.exp(ways + k * Math.log(share) + (n - k) * Math.log(1 - share))
    let [term, sum] = [1, 0]
    for (let j = k; term > 1e-18 * sum; j--) {
      sum += term
      term *= (j / (n - j + 1)) * ((1 - share) / share)
    }
    return last * sum
  }
})

describe('upperTail', () => {
  test.each([
    [0, 0.5],
    [1, 0.158655],
    [Z, 0.025],
    [3, 0.00135],
    [5, 2.8665e-7],
  ])('above %d', (z, probability) => {
    expect(Math.abs(upperTail(z) - probability)).toBeLessThan(1e-6)
  })
})

describe('equalRates', () => {
  test.each([
    [5, 5, 1],
    [0, 6, 2 / 2 ** 6],
    [1, 9, 22 / 2 ** 10],
    [8, 2, 112 / 2 ** 10],
  ])('of %i and %i', (one, other, probability) => {
    expect(equalRates(one, other)).toBeCloseTo(probability, 12)
    expect(equalRates(other, one)).toBeCloseTo(probability, 12)
  })

  test('the approximation continues the exact sum', () => {
    for (const difference of [0, 10, 40, 80, 120]) {
      const exact = equalRates(500 - difference / 2, 500 + difference / 2)
      const approximate = equalRates(500 - difference / 2, 501 + difference / 2)
      expect(Math.abs(exact - approximate)).toBeLessThan(0.03)
      expect(approximate).toBeLessThanOrEqual(exact)
    }
  })

  test('is a probability, however large the counts', () => {
    expect(equalRates(1_000_000, 1_000_000)).toBe(1)
    expect(equalRates(1_000_000, 1_003_000)).toBeCloseTo(0.034, 3)
    expect(equalRates(0, 1_000_000)).toBe(0)
  })
})

describe('benjaminiHochberg', () => {
  // The 15 tests of the paper's example, section 3.2.
  const PAPER = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
  ]

  test("the paper's example has four", () => {
    expect(benjaminiHochberg(PAPER, 0.05)).toBe(4)
    expect(benjaminiHochberg(PAPER.toReversed(), 0.05)).toBe(4)
  })

  test('a later one admits those before it', () => {
    expect(benjaminiHochberg([0.04, 0.045], 0.05)).toBe(2)
  })

  test('none of none', () => {
    expect(benjaminiHochberg([], 0.05)).toBe(0)
    expect(benjaminiHochberg([0.06], 0.05)).toBe(0)
  })
})
