import { KEYS_OF_HASHES } from '../keysOfHashes'
import type { BackupRow } from './backupRow'
import { InvalidBackup } from './invalidBackup'

/** As worker/rollups/rollupText.ts keeps them: JSON texts, of all groups and by measure. */
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

/** Texts by the key of their measure; a hash that no release used for its own measures stays, and no question finds it. */
const withKeys = <T>(texts: Readonly<Record<string, T>>, keys: Readonly<Record<string, string>>): Record<string, T> =>
  Object.fromEntries(Object.entries(texts).map(([hash, text]) => [keys[hash] ?? hash, text]))

const isListText = (text: unknown): boolean => typeof text === 'string' && Array.isArray(JSON.parse(text))

const isRead = ({ groups, sums, people }: Columns): boolean =>
  isListText(groups) && [sums, people].every(texts => Object.values(texts).every(isListText))

/**
 * A rollup of a backup as it is stored now. One that cannot be read would break every query about its day.
 * @throws InvalidBackup
 */
export const restoreRollup = (row: BackupRow): BackupRow => {
  try {
    const kept = JSON.parse(String(row.cells))
    const columns: Columns = 'prints' in kept ? columnsOf(kept) : kept
    const keys = KEYS_OF_HASHES[String(row.dimension)] ?? {}
    const renamed = { ...columns, sums: withKeys(columns.sums, keys), people: withKeys(columns.people, keys) }
    if (isRead(renamed)) return { ...row, cells: JSON.stringify(renamed) }
  } catch {
    // Rejected below.
  }
  throw new InvalidBackup('A row of sums is not a readable rollup.')
}
