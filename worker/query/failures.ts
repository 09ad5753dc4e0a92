import { logFailure } from '../lib/log'
import type { Part } from '../rollups/readToday'
import type { Site } from '../storage/sites'
import type { ParsedQuery } from './parse/parseQuery'
import type { Attempt, Piece, PieceFound } from './pieces'
import type { SqlQuery } from './reads'

/** By position, the metrics of some parts whose statement failed. */
export type ErrorsIn = (parts: readonly Part[]) => ReadonlyMap<number, unknown>

/** A statement of a piece is for the metrics it names, a query of a part for all that the part is about. */
export const errorsOf =
  (cells: ReadonlyMap<Piece, PieceFound>, rows: ReadonlyMap<SqlQuery, Attempt>): ErrorsIn =>
  parts =>
    new Map(
      parts.flatMap(({ pieces, queries }) => [
        ...pieces.flatMap(piece => [...(cells.get(piece)?.errors ?? [])]),
        ...queries.flatMap(query => {
          const attempt = rows.get(query)
          if (!attempt || 'rows' in attempt) return []
          return pieces.flatMap(({ asked }) => asked.map(({ metric }) => [metric, attempt.error] as const))
        }),
      ]),
    )

/**
 * Logs the metrics that failed.
 * @throws the first error, when no metric of the question has an answer
 */
export const failedMetrics = (
  { metrics }: ParsedQuery,
  { domain }: Site,
  errors: ReadonlyMap<number, unknown>,
): Iterable<number> => {
  const [first] = errors.values()
  if (errors.size === metrics.length) throw first
  for (const [position, error] of errors)
    logFailure(error, { metric: metrics[position]?.metric.id ?? '', site: domain })
  return errors.keys()
}
