import { type CombinedStatement, combineStatements } from '../compile/combineStatements'
import { compileSeparately, type SegmentStatement, type Target } from '../compile/compile'
import type { ActivePeopleSegment, LiveSegment, RequestedMeasure, Segment } from '../plan/segment'
import { activeGroupResults } from './activeGroupResults'
import type { Cell } from './cell'
import type { CountedReads, ReadResult } from './countedReads'
import type { PartialResult } from './partialResult'
import { readImportedSegment } from './readImportedSegment'
import { readRollupSegment } from './readRollupSegment'
import { readRows } from './readRows'
import { separateRows } from './separateRows'

/** What was found of a segment. */
export interface SegmentResult {
  readonly partials: readonly PartialResult[]
  /** By position, the errors of metrics whose statement failed. */
  readonly errors: ReadonlyMap<number, unknown>
}

/** What was found of all segments. */
export interface Execution {
  readonly results: ReadonlyMap<Segment, SegmentResult>
  /** More than one where statements failed: then not all results are of one moment. */
  readonly rounds: number
}

/** Results while they are gathered. */
type Gathering = Map<Segment, { readonly partials: PartialResult[]; readonly errors: Map<number, unknown> }>

const negative = (sums: Cell['sums']): Cell['sums'] =>
  Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, -sum]))

/** A cell as a result of its segment. */
const partialOf = (
  segment: LiveSegment | ActivePeopleSegment,
  requested: RequestedMeasure,
  { bucket, dimensions, sums, person }: Cell,
): PartialResult => {
  const { position, index } = requested
  const of = { position, index, bucket: segment.bucket ?? bucket, dimensions }
  if (segment.source === 'live')
    return { ...of, sums: segment.sign === 1 ? sums : negative(sums), ...(person && { person }) }
  return { ...of, sums, ...(person && { alike: { ...person, people: segment.people } }) }
}

/** Cells as results of their target. */
const partialsOf = ({ segment, measure }: Target, cells: readonly Cell[]): PartialResult[] => {
  const requested = segment.measures[measure] as RequestedMeasure
  return segment.source === 'active_groups'
    ? activeGroupResults(segment, requested, cells)
    : cells.map(cell => partialOf(segment, requested, cell))
}

/** Adds the result of a statement. Of one that failed, the measures are tried again, each by itself. */
const addResult = (gathering: Gathering, statement: SegmentStatement, result: ReadResult): SegmentStatement[] => {
  const { targets } = statement
  if ('rows' in result) {
    for (const [index, cells] of Map.groupBy(readRows(statement, result.rows), ({ measure }) => measure)) {
      const target = targets[index] as Target
      const { partials } = gathering.get(target.segment) ?? {}
      for (const partial of partialsOf(target, cells)) partials?.push(partial)
    }
    return []
  }
  if (targets.length > 1) return compileSeparately(statement)
  for (const { segment, measure } of targets)
    gathering.get(segment)?.errors.set(segment.measures[measure]?.position ?? 0, result.error)
  return []
}

const alone = (statement: SegmentStatement): CombinedStatement<SegmentStatement> => ({
  ...statement,
  parts: [statement],
})

/** Adds the results of statements that ran as one. If that failed, returns each of them to be tried by itself. */
const addCombined = (
  gathering: Gathering,
  combined: CombinedStatement<SegmentStatement>,
  result: ReadResult,
): CombinedStatement<SegmentStatement>[] => {
  const { parts } = combined
  if ('error' in result && parts.length > 1) return parts.map(alone)
  const results = 'error' in result ? [result] : separateRows(combined, result.rows).map(rows => ({ rows }))
  return parts.flatMap((one, part) => addResult(gathering, one, results[part] ?? { rows: [] })).map(alone)
}

/** The results of a segment for which no statement runs. */
const storedResults = (segment: Segment): PartialResult[] => {
  if (segment.source === 'rollup') return readRollupSegment(segment)
  return segment.source === 'imported' ? readImportedSegment(segment) : []
}

/**
 * Runs statements and reads rollups and imported days. Where a statement fails, only the measure at fault has no result.
 * @param statements of the segments, as `compile` made them
 */
export const execute = async (
  reads: CountedReads,
  segments: readonly Segment[],
  statements: readonly SegmentStatement[],
): Promise<Execution> => {
  const gathering: Gathering = new Map(
    segments.map(segment => [segment, { partials: storedResults(segment), errors: new Map() }]),
  )
  let rounds = 0
  let next = combineStatements(statements)
  do {
    const tried = next
    const results = await reads.settled(tried)
    next = tried.flatMap((combined, index) => addCombined(gathering, combined, results[index] ?? { rows: [] }))
    rounds++
  } while (next.length > 0)
  return { results: gathering, rounds }
}
