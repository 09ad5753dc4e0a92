import type { DictionaryEntry, DictionaryName } from './dictionaryName'
import { DICTIONARIES } from './schema'

/** A string for every column of a dictionary, '' for what is unknown. */
export type EntryValues<Name extends DictionaryName> = Readonly<Record<(typeof DICTIONARIES)[Name][number], string>>

/** @example dictionaryEntry('places', { country: 'SE', region: '', city: 'Malmö' }) // ['SE', '', 'Malmö'] */
export const dictionaryEntry = <Name extends DictionaryName>(
  name: Name,
  values: EntryValues<Name>,
): DictionaryEntry => {
  const columns: readonly (keyof EntryValues<Name>)[] = DICTIONARIES[name]
  return columns.map(column => values[column])
}

/** An entry that an earlier release made: what it did not know yet is unknown. */
export const completeEntry = (name: DictionaryName, entry: DictionaryEntry): DictionaryEntry =>
  entry.length < DICTIONARIES[name].length ? DICTIONARIES[name].map((_, n) => entry[n] ?? '') : entry
