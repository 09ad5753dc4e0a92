import { expect, it } from 'vitest'
import {
  countInterval,
  growth,
  meanInterval,
  medianInterval,
  ratioInterval,
  shareDifference,
  shareInterval,
} from './statistics.ts'

const rounded = (interval: readonly number[] | null, digits: number) =>
  interval?.map(bound => Number(bound.toFixed(digits)))

it('computes the published intervals', () => {
  expect(rounded(shareInterval(27, 90), 6)).toEqual([0.215109, 0.401265])
  expect(rounded(shareInterval(0, 1), 6)).toEqual([0, 0.793451])
  expect(rounded(shareDifference([5, 56], [0, 29]), 4)).toEqual([-0.0381, 0.1926])
  expect(rounded(countInterval(0), 4)).toEqual([0, 3.6889])
  expect(rounded(countInterval(10), 4)).toEqual([4.7954, 18.3904])
  expect(rounded(countInterval(100), 3)).toEqual([81.364, 121.627])
  expect(rounded(meanInterval([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]), 4)).toEqual([-0.5298, 2.0298])
  expect(medianInterval(Array.from({ length: 20 }, (_, n) => 20 - n))).toEqual([6, 15])
  expect(medianInterval([1, 2, 3, 4, 5])).toBeNull()
  const pages = [
    [1, 1],
    [2, 1],
    [6, 2],
  ] as const
  expect(rounded(ratioInterval(pages), 4)).toEqual([-0.3433, 4.8433])
  expect(rounded(growth(223, 223, 5, 5), 4)).toEqual([17.3832, 107.2051])
})
