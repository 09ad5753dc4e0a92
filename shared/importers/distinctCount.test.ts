import { expect, test } from 'vitest'
import { DistinctCount } from './distinctCount'

const countOf = (texts: number, times: number): DistinctCount => {
  const count = new DistinctCount()
  for (let time = 0; time < times; time++) for (let n = 0; n < texts; n++) count.add(`visitor-${n}`)
  return count
}

test('few texts are counted exactly', () => {
  expect([countOf(20_000, 2).size, countOf(20_000, 2).isExact]).toEqual([20_000, true])
})

test('many are counted within half a percent', () => {
  const count = countOf(300_000, 2)
  expect(count.isExact).toBe(false)
  expect(Math.abs(count.size / 300_000 - 1)).toBeLessThan(0.005)
})
