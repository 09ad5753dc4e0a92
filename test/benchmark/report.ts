import { BARS, type Figures, verdictOf } from './figures.ts'
import { isOfRequest, requestTable } from './requestCosts.ts'

const number = (value: number): string =>
  Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : String(Math.round(value * 1000) / 1000)

const cells = (figures: Figures): string[][] =>
  Object.entries(figures).map(([name, value]) => {
    const bar = BARS[name]
    return [name, number(value), bar ? `${bar.kind} ${number(bar.limit)}` : '', verdictOf(name, value) ?? '']
  })

const HEADS = ['figure', 'value', 'bar', '']

/** The table as printed in a terminal. */
export const textTable = (figures: Figures): string => {
  const rows = [HEADS, ...cells(figures)]
  const widths = HEADS.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
  return rows.map(row => line(row).trimEnd()).join('\n')
}

/** Date, command and machine of a run. */
export interface Run {
  readonly date: string
  readonly command: string
  readonly machine: string
}

const HEAD = '# Benchmarks'

const measuredBy = ({ date, command, machine }: Run): string =>
  `What \`${command}\` measured on ${date}, on ${machine}.`

const figuresTable = (figures: Figures): string => `| figure | value | bar | |
|---|---:|---|---|
${cells(figures)
  .map(([name, value, bar, verdict]) => `| \`${name}\` | ${value} | ${bar} | ${verdict} |`)
  .join('\n')}`

const mainText = (figures: Figures, run: Run): string =>
  `${measuredBy(run)} It made this page itself, with \`--write\`; what each figure is and
how it is measured: [test/benchmark/README.md](../test/benchmark/README.md).

${figuresTable(figures)}`

const requestsText = (figures: Figures, run: Run): string => `${measuredBy(run)} CPU is the time for which the isolate
was busy: with the first such request of an isolate, and with a later one. It includes work of the local database, which runs in the
same thread and on Cloudflare is not the Worker's.

${requestTable(figures)}`

const tableText = (figures: Figures, run: Run): string => `${measuredBy(run)}

${figuresTable(figures)}`

/** A part of the page with the figures of one group, which is often measured by itself. */
interface Section {
  readonly title: string
  holds(figure: string): boolean
  text(figures: Figures, run: Run): string
}

const OF_HISTORY = /_history$|_catalogue$|^catalogue_|_pair$|^pair_/

const SECTIONS: readonly Section[] = [
  { title: 'A month of busy days', holds: name => OF_HISTORY.test(name), text: tableText },
  { title: 'Reports', holds: name => name.endsWith('_report'), text: tableText },
  { title: 'Imports', holds: name => name.startsWith('umami_'), text: tableText },
  { title: 'Exports', holds: name => name.startsWith('export_'), text: tableText },
  { title: 'Requests by the size of a site', holds: isOfRequest, text: requestsText },
]

const only = (figures: Figures, isWanted: (name: string) => boolean): Figures | null => {
  const entries = Object.entries(figures).filter(([name]) => isWanted(name))
  return entries.length > 0 ? Object.fromEntries(entries) : null
}

/** The texts of a page by the titles above them. */
const textsOf = (page: string): ReadonlyMap<string, string> =>
  new Map(page.split(/^## /m).map(part => [part.split('\n', 1)[0] ?? '', part.slice(part.indexOf('\n')).trim()]))

/**
 * docs/benchmarks.md after a run.
 * @param before the page before it: sections that were not measured stay
 */
export const benchmarksPage = (figures: Figures, run: Run, before: string): string => {
  const texts = textsOf(before)
  const main = only(figures, name => !SECTIONS.some(({ holds }) => holds(name)))
  const sections = SECTIONS.flatMap(({ title, holds, text }) => {
    const own = only(figures, holds)
    const body = own ? text(own, run) : texts.get(title)
    return body === undefined ? [] : [`## ${title}`, body]
  })
  return `${[HEAD, main ? mainText(main, run) : (texts.get(HEAD) ?? ''), ...sections].join('\n\n')}\n`
}
