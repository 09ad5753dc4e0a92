import type { Scope } from './compile/builder'
import type { BucketOfDay } from './compile/days'
import type { Cell } from './compile/statement'
import { type Asked, type PeopleMode, statements } from './compile/statements'
import type { Query } from './reads'

/** Measures that are asked for over one part of the time. */
export interface Piece {
  readonly scope: Scope
  readonly asked: readonly Asked[]
  readonly people: PeopleMode
  readonly bucketOfDay: BucketOfDay
}

/** Gives equal texts one number: they are too long to stand in keys. */
const numbering = (): ((text: string | null) => number) => {
  const known = new Map<string | null, number>()
  return text => {
    const number = known.get(text) ?? known.size
    known.set(text, number)
    return number
  }
}

/** Equal for pieces whose measures can stand in one statement. */
const keyOf = ({ scope, people }: Piece, numberOf: (text: string | null) => number): string =>
  JSON.stringify([
    people,
    { ...scope, dimensions: scope.dimensions.map(({ id }) => id), added: null, removed: null },
    scope.filters.map(({ dimension }) => dimension.id),
    [...scope.customEvents],
    [...scope.currencies],
    [...scope.users],
    [numberOf(scope.added), numberOf(scope.removed)],
  ])

/** Runs queries. */
export type Run = (queries: readonly Query[]) => Promise<Record<string, unknown>[][]>

/**
 * What is found of pieces, in as few statements as can be: what several questions ask of one part of the time is
 * asked once. All are of one moment.
 */
export const cellsOfPieces = async (pieces: readonly Piece[], run: Run): Promise<Map<Piece, Cell[]>> => {
  const numberOf = numbering()
  const joint = [...Map.groupBy(pieces, piece => keyOf(piece, numberOf)).values()].flatMap(alike => {
    const [{ scope, people, bucketOfDay }] = alike as [Piece]
    const asked = alike.flatMap(piece => piece.asked.map(one => ({ piece, one })))
    const places = asked.map(({ one }, metric) => ({ metric, place: 0, measureOf: one.measureOf }))
    return statements(scope, places, bucketOfDay, people).map(statement => ({ statement, asked }))
  })
  const results = await run(joint.map(({ statement }) => statement))
  const found = new Map(pieces.map(piece => [piece, [] as Cell[]]))
  for (const [index, { statement, asked }] of joint.entries()) {
    for (const cell of statement.cells(results[index] ?? [])) {
      const of = asked[cell.metric]
      if (of) found.get(of.piece)?.push({ ...cell, metric: of.one.metric, place: of.one.place })
    }
  }
  return found
}
