import { bounceRateOf, type ComparedDays, type ComparedRow, differingFigures } from './compareDays.ts'
import type { ToolDefinitions } from './importFormat.ts'
import type { Compared, ComparedFigures } from './toolFigures.ts'

interface ComparedColumn {
  readonly title: string
  text(figures: ComparedFigures): string
}

const count = (number: number | undefined): string => (number === undefined ? '–' : number.toLocaleString('en-US'))

const percent = (share: number | undefined): string => (share === undefined ? '–' : `${(100 * share).toFixed(1)} %`)

const COMPARED_COLUMNS: readonly ComparedColumn[] = [
  { title: 'Page views', text: ({ pageviews }) => count(pageviews) },
  { title: 'Visitors', text: ({ visitors }) => count(visitors) },
  { title: 'Sessions', text: ({ sessions }) => count(sessions) },
  { title: 'Bounce rate', text: figures => percent(bounceRateOf(figures)) },
]

const NAMES: Readonly<Record<Compared, string>> = {
  pageviews: 'Page views',
  visitors: 'Visitors',
  sessions: 'Sessions',
  bounces: 'Bounces',
}

/** Holds for every tool. */
const ALWAYS = [
  'Days are those of the site’s time zone, in files that name days those of the other tool. If totals agree and days do not, the time zones differ.',
  'Visitors are those of each day, added up: a person who comes on three days counts three times in both tools.',
  'Footfall’s figures include everything the site has for these days, including what its own script recorded.',
]

/** Why figures differ, as sentences: one for each figure that does, and what holds for all. */
export const explainComparison = (comparison: ComparedDays, differs: ToolDefinitions): readonly string[] => {
  const { tool, footfall } = comparison.total
  const differing = differingFigures(comparison)
  const total = (name: Compared): string =>
    tool[name] === undefined || footfall[name] === undefined
      ? ''
      : ` (${count(tool[name])} / ${count(footfall[name])} in total)`
  return [
    ...differing.map(name => `${NAMES[name]}${total(name)}: ${differs[name]}`),
    ...(differing.length === 0 ? ['All figures that both tools count are equal.'] : []),
    ...ALWAYS,
  ]
}

/** The cells of a row: its label, then each figure in the tool and in Footfall. */
export const comparedCells = ({ label, tool, footfall }: ComparedRow): readonly string[] => [
  label,
  ...COMPARED_COLUMNS.map(({ text }) => `${text(tool)} / ${text(footfall)}`),
]

/** The heads of the table. */
export const comparedHeads = ({ by }: ComparedDays): readonly string[] => [
  by === 'day' ? 'Day' : 'Month',
  ...COMPARED_COLUMNS.map(({ title }) => title),
]

/** Why a file cannot be compared. */
export const NOTHING_TO_COMPARE = 'The file contains no daily figures to compare.'

/** The title of a comparison. */
export const comparedTitle = ({ by }: ComparedDays, tool: string): string => `${tool} / Footfall, by ${by}`

/** A comparison as lines of text: a table, and why figures differ. */
export const describeComparison = (
  comparison: ComparedDays,
  tool: string,
  differs: ToolDefinitions,
): readonly string[] => {
  const table = [comparedHeads(comparison), ...[...comparison.rows, comparison.total].map(comparedCells)]
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map(row => row[column]?.length ?? 0)))
  const lineOf = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
  return [
    `${comparedTitle(comparison, tool)}:`,
    ...table.map(row => `  ${lineOf(row)}`),
    ...explainComparison(comparison, differs),
  ]
}
