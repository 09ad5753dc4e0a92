import type { DictionaryEntry, DictionaryName } from './dictionaryName'

const OTHER = '(other)'

/** An unknown value stays unknown. */
const other = (value: string): string => (value === '' ? '' : OTHER)

/**
 * The entries that replace one beyond the cardinality limit, the best first: columns that take few values stay, the
 * others become "(other)".
 * @example OVERFLOW_VALUES.places(['SE', 'Skåne County', 'Malmö']) // [['SE', '(other)', '(other)']]
 */
export const OVERFLOW_VALUES: Readonly<Record<DictionaryName, (entry: DictionaryEntry) => readonly DictionaryEntry[]>> =
  {
    // The second for a host that has no page yet.
    pages: ([hostname = '']) => [
      [hostname, OTHER],
      [OTHER, OTHER],
    ],
    sources: ([channel = '', ...more]) => [[channel, ...more.map(other)]],
    places: ([country = '', ...more]) => [[country, ...more.map(other)]],
    devices: ([device = '', browser = '', os = '', language = '', gpc = '']) => [
      [device, browser, os, other(language), gpc],
    ],
    names: () => [[OTHER]],
  }
