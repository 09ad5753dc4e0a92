import { expect, test } from 'vitest'
import { estimateText } from './estimateText'

test.each([
  [1240, { value: 1610.2, interval: [1541, 1680] }, 'At least 1,240 visitors, an estimated 1,610 ± 70.'],
  [1, { value: 1, interval: [1, 1] }, 'At least 1 visitor, an estimated 1 ± 0.'],
  [1240, null, '1,240 visitors recorded.'],
] as const)('%d visitors with the estimate %j', (visitors, estimate, text) => {
  expect(estimateText({ visitors, estimate })).toBe(text)
})
