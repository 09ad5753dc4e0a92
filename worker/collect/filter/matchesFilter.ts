import type { FilteredBy, FilterOut } from '../../../shared/settings'
import { globOf, matchesGlob } from '../../lib/glob'
import type { DictionaryEntry } from '../../storage/dictionaryName'

/** What filters compare of a page view or event. */
export interface FilterSubject {
  /** Host and path. */
  readonly page: DictionaryEntry | null
  readonly country: string | undefined
  browser(): string
  /** Whether it has this id of a visitor or a user. */
  isVisitor(id: string): boolean
  /** Whether it came from this address. */
  isFrom(address: string): boolean
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** Whether a text matches a pattern, in which `*` is any run of characters. */
const matches = (text: string | undefined, pattern: string): boolean =>
  text !== undefined && matchesGlob(text, globOf(pattern))

const TESTS: Readonly<Record<FilteredBy, (subject: FilterSubject, is: string) => boolean>> = {
  ip: (subject, is) => subject.isFrom(is),
  country: ({ country }, is) => country !== undefined && same(country, is),
  hostname: ({ page }, is) => matches(page?.[0], is.toLowerCase()),
  page: ({ page }, is) => matches(page?.[1], is),
  browser: (subject, is) => same(subject.browser(), is),
  visitor: (subject, is) => subject.isVisitor(is),
}

/** Whether an entry of `settings.filters_out` matches. */
export const matchesFilter = (subject: FilterSubject, { what, is }: FilterOut): boolean => TESTS[what](subject, is)
