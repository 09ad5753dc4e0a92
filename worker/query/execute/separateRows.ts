import { type CombinedStatement, columnsOf } from '../compile/combineStatements'
import type { ResultRow } from './cell'

/** The rows of each statement that ran as a part of another, with its own names of columns. */
export const separateRows = ({ parts }: CombinedStatement, rows: readonly ResultRow[]): (readonly ResultRow[])[] => {
  if (parts.length === 1) return [rows]
  const byPart = Map.groupBy(rows, ({ part }) => Number(part))
  return parts.map((statement, part) => {
    const names = columnsOf(statement).map((name, n) => [name, `c${n}`] as const)
    const own = byPart.get(part) ?? []
    return own.map(row => Object.fromEntries(names.map(([name, column]) => [name, row[column] ?? null])))
  })
}
