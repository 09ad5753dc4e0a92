import type { BucketOfDay } from './compile/days'
import type { Scope } from './compile/scope'
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
    [...scope.users],
    [numberOf(scope.added), numberOf(scope.removed)],
  ])

type Currencies = Scope['currencies']

/** Pieces in one statement, and the currencies of whatever money they are about. */
interface Joint {
  readonly currencies: Currencies
  readonly pieces: readonly Piece[]
}

const agree = (one: Currencies, other: Currencies): boolean =>
  [...one].every(([money, currency]) => (other.get(money) ?? currency) === currency)

/** Puts pieces together that are alike but for their currencies: one that is about no money stands with any. */
const joined = (alike: readonly Piece[]): Joint[] =>
  alike.reduce<Joint[]>((joints, piece) => {
    const own = piece.scope.currencies
    const fitting = joints.find(({ currencies }) => agree(own, currencies))
    const joint: Joint = {
      currencies: new Map([...(fitting?.currencies ?? []), ...own]),
      pieces: [...(fitting?.pieces ?? []), piece],
    }
    return [...joints.filter(one => one !== fitting), joint]
  }, [])

/** Runs queries. */
export type Run = (queries: readonly Query[]) => Promise<Record<string, unknown>[][]>

/**
 * What is found of pieces, in as few statements as can be: what several questions ask of one part of the time is
 * asked once. All are of one moment.
 */
export const cellsOfPieces = async (pieces: readonly Piece[], run: Run): Promise<Map<Piece, Cell[]>> => {
  const numberOf = numbering()
  const alike = [...Map.groupBy(pieces, piece => keyOf(piece, numberOf)).values()]
  const joint = alike.flatMap(joined).flatMap(({ currencies, pieces }) => {
    const [{ scope, people, bucketOfDay }] = pieces as readonly [Piece]
    const asked = pieces.flatMap(piece => piece.asked.map(one => ({ piece, one })))
    const places = asked.map(({ one }, metric) => ({ metric, place: 0, measureOf: one.measureOf }))
    return statements({ ...scope, currencies }, places, bucketOfDay, people).map(statement => ({ statement, asked }))
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
