import { expect, test } from 'vitest'
import { ID_COLUMNS } from './activePeople'
import { activePeopleText, readActivePeople } from './activePeopleText'

const listOf = (count: number, number: (place: number) => number): number[] =>
  Array.from({ length: count }, (_, place) => number(place))

const active = (count: number) => ({
  people: listOf(count, place => -(2 ** 52) - place),
  ids: ID_COLUMNS.map(() => listOf(count, place => 1000 + (place % 1000))),
})

test('people and their ids are stored while they fit in a row', () => {
  expect(readActivePeople(...activePeopleText(active(50_000)))).toEqual(active(50_000))
  const many = active(75_000)
  expect(readActivePeople(...activePeopleText(many))).toEqual({ ...many, ids: null })
  expect(readActivePeople(...activePeopleText(active(120_000)))).toBeNull()
  expect(readActivePeople(...activePeopleText(null))).toBeNull()
})

test('a row of an earlier release has people without ids', () => {
  expect(readActivePeople('[7,-8]', null)).toEqual({ people: [7, -8], ids: null })
})
