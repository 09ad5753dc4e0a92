import type { ImportTally } from './importTally.ts'
import type { ImportOutcome, Remarks } from './sendBatches.ts'

const MOST_LINES = 20

const count = (number: number): string => number.toLocaleString('en-US')

const descending = <T>(counts: Iterable<readonly [T, number]>): (readonly [T, number])[] =>
  [...counts].sort(([, one], [, other]) => other - one)

/** Characters of a name. */
const LONGEST_NAME = 100

/** A name from a file as a terminal may print it: on one line, and without codes that command the terminal. */
const plainName = (name: string): string => name.slice(0, LONGEST_NAME).replace(/\p{C}/gu, '\uFFFD')

const listed = (title: string, counts: Iterable<readonly [string, number]>): string[] => {
  const sorted = descending(counts)
  if (sorted.length === 0) return []
  const shown = sorted.slice(0, MOST_LINES).map(([name, number]) => `  ${count(number)} ${plainName(name)}`)
  const more = sorted.length - shown.length
  return [title, ...shown, ...(more > 0 ? [`  and ${count(more)} more`] : [])]
}

/** The contents of a file, as lines of text. */
export const describeImportTally = (tally: ImportTally): string[] => {
  const { days, hasEvents, visitors, names, leftOut } = tally
  const about = visitors.isExact ? '' : 'about '
  return [
    ...(days
      ? [`From ${days[0]} to ${days[1]}${hasEvents ? ' (UTC)' : ''}.`]
      : ['The file contains nothing to import.']),
    ...(visitors.size > 0 ? [`${about}${count(visitors.size)} visitors.`] : []),
    ...listed('By name:', names),
    ...listed('Left out:', leftOut),
  ]
}

const remarked = (title: string, remarks: ReadonlyMap<string, Remarks>): string[] =>
  remarks.size === 0
    ? []
    : [
        title,
        ...[...remarks].flatMap(([code, { message, count: number, examples }]) => [
          `  ${count(number)} ${code}: ${message}`,
          ...examples.map(example => `    ${example}`),
        ]),
      ]

/** The outcome of an import, as lines of text. */
export const describeImportOutcome = ({ accepted, duplicates, refused, warnings }: ImportOutcome): string[] => [
  `${count(accepted)} ${accepted === 1 ? 'row' : 'rows'} accepted, ${count(duplicates)} already stored.`,
  ...remarked('Refused:', refused),
  ...remarked('Stored with some fields dropped:', warnings),
]
