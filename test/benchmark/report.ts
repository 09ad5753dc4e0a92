import { BARS, type Figures, verdictOf } from './figures.ts'

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

/** docs/benchmarks.md: the results of a run. */
export const benchmarksPage = (figures: Figures, { date, command, machine }: Run): string =>
  `# Benchmarks

What \`${command}\` measured on ${date}, on ${machine}. It made this page itself, with \`--write\`; what each figure is and
how it is measured: [test/benchmark/README.md](../test/benchmark/README.md).

| figure | value | bar | |
|---|---:|---|---|
${cells(figures)
  .map(([name, value, bar, verdict]) => `| \`${name}\` | ${value} | ${bar} | ${verdict} |`)
  .join('\n')}
`
