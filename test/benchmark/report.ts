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
const OF_REQUESTS = '## Requests by the size of a site'

const measuredBy = ({ date, command, machine }: Run): string =>
  `What \`${command}\` measured on ${date}, on ${machine}.`

const figuresSection = (figures: Figures, run: Run): string =>
  `${measuredBy(run)} It made this page itself, with \`--write\`; what each figure is and
how it is measured: [test/benchmark/README.md](../test/benchmark/README.md).

| figure | value | bar | |
|---|---:|---|---|
${cells(figures)
  .map(([name, value, bar, verdict]) => `| \`${name}\` | ${value} | ${bar} | ${verdict} |`)
  .join('\n')}`

const requestsSection = (
  figures: Figures,
  run: Run,
): string => `${measuredBy(run)} CPU is the time for which the isolate
was busy: with the first such request of an isolate, and with a later one. It includes work of the local database, which runs in the
same thread and on Cloudflare is not the Worker's.

${requestTable(figures)}`

const only = (figures: Figures, isWanted: (name: string) => boolean): Figures | null => {
  const entries = Object.entries(figures).filter(([name]) => isWanted(name))
  return entries.length > 0 ? Object.fromEntries(entries) : null
}

/**
 * docs/benchmarks.md after a run.
 * @param before the page before it: sections that were not measured stay
 */
export const benchmarksPage = (figures: Figures, run: Run, before: string): string => {
  const [head = '', requests = ''] = before.split(OF_REQUESTS)
  const own = only(figures, name => !isOfRequest(name))
  const ofRequests = only(figures, isOfRequest)
  const sections = [
    HEAD,
    own ? figuresSection(own, run) : head.replace(HEAD, '').trim(),
    ...(ofRequests || requests ? [OF_REQUESTS, ofRequests ? requestsSection(ofRequests, run) : requests.trim()] : []),
  ]
  return `${sections.join('\n\n')}\n`
}
