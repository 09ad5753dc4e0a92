import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kaplanMeierMedian, type Survival } from './kaplanMeier'
import { npsInterval } from './nps'

/** Times; negative ones are censored. */
const rows = (times: readonly number[]): Survival[] =>
  times.map(time => ({ time: Math.abs(time), reached: time > 0 ? 1 : 0, censored: time > 0 ? 0 : 1 }))

describe('kaplanMeierMedian', () => {
  // Weeks of remission of leukaemia patients: Gehan, "A generalized Wilcoxon test", Biometrika 52 (1965). Their
  // medians and log-log intervals are in many textbooks: 23 from 13 on, and 8 from 4 to 11.
  const treated = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]
  const others = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]

  test('matches published data', () => {
    expect(kaplanMeierMedian(rows(treated))).toEqual({ value: 23, interval: null })
    expect(kaplanMeierMedian(rows(others))).toEqual({ value: 8, interval: [4, 11] })
  })

  test('is undefined if fewer than half got there', () => {
    expect(kaplanMeierMedian(rows([1, -2, -3])).value).toBeNull()
    expect(kaplanMeierMedian([])).toEqual({ value: null, interval: null })
  })

  test('without censoring is the lower median, in any order, and lies in its interval', () => {
    const times = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 80 })
    fc.assert(
      fc.property(times, list => {
        const sorted = list.toSorted((a, b) => a - b)
        const { value, interval } = kaplanMeierMedian(rows(list))
        expect(value).toBe(sorted[Math.ceil(sorted.length / 2) - 1])
        expect(kaplanMeierMedian(rows(list.toReversed()))).toEqual({ value, interval })
        if (interval) expect(interval[0] <= Number(value) && Number(value) <= interval[1]).toBe(true)
      }),
    )
  })
})

describe('npsInterval', () => {
  test('50 promoters and 20 detractors of 100 are 30 ± 15.31', () => {
    const [low, high] = npsInterval(50, 20, 100) ?? []
    expect([Number(low?.toFixed(2)), Number(high?.toFixed(2))]).toEqual([14.69, 45.31])
  })

  test('is undefined without answers, and never leaves −100 to 100', () => {
    expect(npsInterval(0, 0, 0)).toBeNull()
    expect(npsInterval(3, 0, 3)).toEqual([100, 100])
    expect(npsInterval(9, 0, 10)?.[1]).toBe(100)
  })
})
