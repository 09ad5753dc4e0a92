import type { Statement } from '../compile/statement'
import type { Cell } from './cell'
import type { CountedReads } from './countedReads'
import { readRows } from './readRows'

/** Runs statements none of which may fail, and reads their cells. */
export const readCells = async (reads: CountedReads, statements: readonly Statement[]): Promise<Cell[]> => {
  const results = await reads.batch(statements)
  return statements.flatMap((statement, index) => readRows(statement, results[index] ?? []))
}
