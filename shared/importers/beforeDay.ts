import { ImportFailure } from './importFailure.ts'
import type { ImportBatch, ReadOptions } from './importFormat.ts'

/** @throws ImportFailure unless it is a day */
const startOf = (day: string): number => {
  const start = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(day) : Number.NaN
  if (Number.isNaN(start)) throw new ImportFailure(`--before is "${day}", but must be a day like 2026-01-31.`)
  return start
}

/**
 * Keeps only what happened before a day in UTC. Without a day, keeps everything. Fetches of AI crawlers are kept whenever they
 * happened: the script, which records the days from then on, does not see them.
 * @throws ImportFailure unless it is a day
 */
export const beforeDay = (
  batches: AsyncGenerator<ImportBatch>,
  day: string,
  { leaveOut }: Pick<ReadOptions, 'leaveOut'>,
): AsyncGenerator<ImportBatch> => {
  if (day === '') return batches
  const start = startOf(day)
  const reason = `rows from ${day} on`
  const keep = <Row>(rows: readonly Row[], timeOf: (row: Row) => number): readonly Row[] => {
    const kept = rows.filter(row => timeOf(row) < start)
    leaveOut(reason, rows.length - kept.length)
    return kept
  }
  return (async function* () {
    for await (const batch of batches)
      if (batch.kind === 'events') yield { kind: 'events', rows: keep(batch.rows, ({ time }) => Number(time)) }
      else if (batch.kind === 'days') yield { kind: 'days', rows: keep(batch.rows, row => Date.parse(String(row.day))) }
      else yield batch
  })()
}
