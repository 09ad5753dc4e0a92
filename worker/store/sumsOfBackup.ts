import type { BackupRow } from './backupTables'
import { BadPart } from './badPart'

/** As worker/metrics/sums/text.ts keeps them: JSON texts, of all groups and by measure. */
interface Columns {
  readonly groups: string
  readonly sums: Readonly<Record<string, string>>
  readonly people: Readonly<Record<string, string>>
}

/** As they were kept before 0011_columns.sql, which says the same. */
interface Groups {
  readonly prints: readonly number[]
  readonly groups: readonly (readonly [
    group: string,
    sums: readonly (readonly number[] | 0)[],
    people: readonly (readonly [measure: number, person: number, values: readonly (number | null)[]])[],
  ])[]
}

const columnsOf = ({ prints, groups }: Groups): Columns => {
  const numbersOf = (measure: number): (readonly number[])[] => groups.map(([, sums]) => sums[measure] || [])
  const sumsOf = (measure: number): number[][] => {
    const rows = numbersOf(measure)
    const width = Math.max(0, ...rows.map(row => row.length))
    return Array.from({ length: width }, (_, name) => rows.map(row => row[name] ?? 0))
  }
  const peopleOf = (measure: number): unknown[][] =>
    groups.flatMap(([, , people], group) =>
      people.filter(([own]) => own === measure).map(([, person, values]) => [group, person, values]),
    )
  const byPrint = (make: (measure: number) => unknown): Record<string, string> =>
    Object.fromEntries(prints.map((print, measure) => [print, JSON.stringify(make(measure))]))
  return {
    groups: JSON.stringify(groups.map(([group]) => group)),
    sums: byPrint(sumsOf),
    people: byPrint(peopleOf),
  }
}

const isListText = (text: unknown): boolean => typeof text === 'string' && Array.isArray(JSON.parse(text))

const isRead = ({ groups, sums, people }: Columns): boolean =>
  isListText(groups) && [sums, people].every(texts => Object.values(texts).every(isListText))

/**
 * Sums of a backup as they are kept now: what is stored unread would fail every question about its day.
 * @throws BadPart
 */
export const sumsOfBackup = (row: BackupRow): BackupRow => {
  try {
    const kept = JSON.parse(String(row.cells))
    const columns: Columns = 'prints' in kept ? columnsOf(kept) : kept
    if (isRead(columns)) return { ...row, cells: JSON.stringify(columns) }
  } catch {
    // Told below.
  }
  throw new BadPart('A row of sums cannot be read.')
}
