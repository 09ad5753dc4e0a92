import type { Scope } from '../relations/sql/scope'
import type { BucketOfDay } from './compile/days'
import type { Cell } from './compile/statement'
import { type AskedStatement, type PeopleMode, type RequestedMeasure, statements } from './compile/statements'
import type { SqlQuery } from './reads'

/** Measures that are asked for over one part of the time. */
export interface Piece {
  readonly scope: Scope
  readonly asked: readonly RequestedMeasure[]
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

/** The rows of a query, or why it failed. */
export type Attempt = { readonly rows: Record<string, unknown>[] } | { readonly error: unknown }

/** Runs queries. */
export type RunQueries = (queries: readonly SqlQuery[]) => Promise<Attempt[]>

/** A measure that a piece asks for. */
interface AskedPiece {
  readonly piece: Piece
  readonly one: RequestedMeasure
}

/** What was found of a piece, and the metrics, by position, whose statement failed. */
export interface PieceFound {
  readonly cells: Cell[]
  readonly errors: Map<number, unknown>
}

/** A statement and whom its rows are for. */
interface Job {
  readonly statement: AskedStatement
  readonly asked: readonly AskedPiece[]
  readonly currencies: Currencies
}

const jobsOf = (asked: readonly AskedPiece[], currencies: Currencies): Job[] => {
  const [first] = asked
  if (!first) return []
  const { scope, people, bucketOfDay } = first.piece
  const places = asked.map(({ one }, metric) => ({ metric, place: 0, measureOf: one.measureOf }))
  return statements({ ...scope, currencies }, places, bucketOfDay, people).map(statement => ({
    statement,
    asked,
    currencies,
  }))
}

/** What was found of each piece. */
class FoundPieces extends Map<Piece, PieceFound> {
  addRows({ statement, asked }: Job, rows: readonly Record<string, unknown>[]): void {
    for (const cell of statement.cells(rows)) {
      const of = asked[cell.metric]
      if (of) this.get(of.piece)?.cells.push({ ...cell, metric: of.one.metric, place: of.one.place })
    }
  }

  /** Notes an error of the one measure at fault; gives those that share a statement, each in one of its own. */
  addError({ statement, asked, currencies }: Job, error: unknown): Job[] {
    const askers = statement.of.flatMap(({ metric }) => asked[metric] ?? [])
    if (askers.length > 1) return askers.flatMap(asker => jobsOf([asker], currencies))
    for (const { piece, one } of askers) this.get(piece)?.errors.set(one.metric, error)
    return []
  }
}

/** As few statements as can be: what several pieces ask of one part of the time is asked once. */
const jointJobs = (pieces: readonly Piece[]): Job[] => {
  const numberOf = numbering()
  const alike = [...Map.groupBy(pieces, piece => keyOf(piece, numberOf)).values()]
  return alike.flatMap(joined).flatMap(({ currencies, pieces }) => {
    const asked = pieces.flatMap(piece => piece.asked.map(one => ({ piece, one })))
    return jobsOf(asked, currencies)
  })
}

/**
 * What is found of pieces, all of one moment if no statement fails. Measures that share one that does are asked again,
 * each in a statement of its own, so that only the one at fault has no answer.
 */
export const cellsOfPieces = async (
  pieces: readonly Piece[],
  run: RunQueries,
): Promise<ReadonlyMap<Piece, PieceFound>> => {
  const found = new FoundPieces(pieces.map(piece => [piece, { cells: [], errors: new Map() }]))
  let jobs = jointJobs(pieces)
  do {
    const attempts = await run(jobs.map(({ statement }) => statement))
    jobs = jobs.flatMap((job, index) => {
      const attempt = attempts[index] ?? { rows: [] }
      if ('error' in attempt) return found.addError(job, attempt.error)
      found.addRows(job, attempt.rows)
      return []
    })
  } while (jobs.length > 0)
  return found
}
