import type { DictionaryEntry, DictionaryName } from './dictionaryName'

const OTHER = '(other)'

/** What is not known stays unknown. */
const other = (text: string): string => (text === '' ? '' : OTHER)

/**
 * What stands for texts that there is no room for, the best first: the texts that only take a few values
 * stay, the others are folded into one.
 * @example OTHER_TEXTS.places(['SE', 'Skåne County', 'Malmö']) // [['SE', '(other)', '(other)']]
 */
export const OVERFLOW_VALUES: Readonly<Record<DictionaryName, (texts: DictionaryEntry) => readonly DictionaryEntry[]>> =
  {
    // Of a host that has no page yet, the second.
    pages: ([hostname = '']) => [
      [hostname, OTHER],
      [OTHER, OTHER],
    ],
    sources: ([channel = '', ...more]) => [[channel, ...more.map(other)]],
    places: ([country = '', ...more]) => [[country, ...more.map(other)]],
    devices: ([device = '', browser = '', os = '', language = '']) => [[device, browser, os, other(language)]],
    names: () => [[OTHER]],
  }
