import { expect, test } from 'vitest'
import { disjointRanges } from './disjointRanges'

const range = (first: number, last: number, ...keys: string[]) => ({ dimension: '', first, last, keys })

test('overlapping ranges are divided, and each part has the keys of all that contain it', () => {
  expect(disjointRanges([range(1, 10, 'a'), range(6, 20, 'b', 'a')])).toEqual([
    range(1, 5, 'a'),
    range(6, 10, 'a', 'b'),
    range(11, 20, 'b', 'a'),
  ])
})

test('a gap between ranges is in no range', () => {
  expect(disjointRanges([range(1, 2, 'a'), range(5, 5, 'b')])).toEqual([range(1, 2, 'a'), range(5, 5, 'b')])
})

test('a range that is asked for twice is read once', () => {
  expect(disjointRanges([range(1, 2, 'a'), range(1, 2, 'b')])).toEqual([range(1, 2, 'a', 'b')])
})

test('each dimension has ranges of its own', () => {
  const page = { ...range(1, 3, 'a'), dimension: 'page' }
  expect(disjointRanges([range(2, 4, 'a'), page])).toEqual([range(2, 4, 'a'), page])
})

test('no ranges give no ranges', () => expect(disjointRanges([])).toEqual([]))
