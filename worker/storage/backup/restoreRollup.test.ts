import { expect, test } from 'vitest'
import { InvalidBackup } from './invalidBackup'
import { restoreRollup } from './restoreRollup'

const read = (cells: unknown) =>
  restoreRollup({ day: 1, cells: typeof cells === 'string' ? cells : JSON.stringify(cells) })

test('a current rollup stays unchanged', () => {
  const cells = JSON.stringify({
    groups: '["/a"]',
    sums: { 11: '[[3]]', 22: '[]' },
    people: { 11: '[[0,-12,[1,null]]]' },
  })
  expect(read(cells)).toEqual({ day: 1, cells })
})

test('a rollup that an earlier release stored by group is stored by measure', () => {
  const groups = [
    ['/a', [[3, 0, 2], 0], [[0, -12, [1, null]]]],
    ['/b', [0, [5]], []],
    ['/a', [], [[1, -13, [2]]]],
  ]
  expect(JSON.parse(String(read({ prints: [11, 22], groups }).cells))).toEqual({
    groups: '["/a","/b","/a"]',
    sums: { 11: '[[3,0,0],[0,0,0],[2,0,0]]', 22: '[[0,5,0]]' },
    people: { 11: '[[0,-12,[1,null]]]', 22: '[[2,-13,[2]]]' },
  })
})

test.each([
  ['no JSON', '{"groups":'],
  ['no object', 'null'],
  ['a number', '7'],
  ['no groups', { sums: {}, people: {} }],
  ['numbers that are not a list', { groups: '[]', sums: { 11: '7' }, people: {} }],
  ['numbers that are not a string', { groups: '[]', sums: { 11: [[1]] }, people: {} }],
  ['unreadable people', { groups: '[]', sums: {}, people: { 11: '[' } }],
  ['unreadable groups of an earlier format', { prints: [11], groups: 7 }],
])('a rollup with %s is rejected', (_name, cells) => {
  expect(() => read(cells)).toThrow(InvalidBackup)
})
