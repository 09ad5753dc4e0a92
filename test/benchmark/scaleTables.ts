import { billOf, endsOf, enginesOf, freePlanOf } from './bill.ts'
import { LIMITS, PLAN, PRICES, type Price } from './prices.ts'
import { busiestSecond, FIGURES, type Figures, mostPerSecond, usageOf } from './usage.ts'

const MILLION = 1e6
/** Page views a month. */
const SIZES = [1, 10, 100, 1000].map(millions => millions * MILLION)

/** Not the machine's locale: the document is the same on every machine. */
const number = (value: number, digits = 0): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })

/** Three significant digits. */
const rough = (value: number): string => value.toLocaleString('en-US', { maximumSignificantDigits: 3 })

const dollars = (value: number): string => `$${number(value, value < 100 ? 2 : 0)}`
/** A price: cents, or less for small ones. */
const each = (value: number): string =>
  `$${value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 4 })}`
const bold = (text: string): string => `**${text}**`
const millions = (value: number): string => `${rough(value / MILLION)} million`
const gigabytes = (bytes: number): string => `${rough(bytes / 1e9)} GB`

const duration = (months: number): string => {
  if (months >= 1200) return 'over 100 years'
  if (months >= 24) return `${rough(months / 12)} years`
  return months >= 2 ? `${rough(months)} months` : `${rough(months * 30)} days`
}

/** @param texts number of last columns that are strings; the others, except the first, are numbers. */
const table = (head: readonly string[], rows: readonly (readonly string[])[], texts = 0): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const rule = head.map((_, column) => (column === 0 || column >= head.length - texts ? '---' : '--:'))
  return [line(head), `|${rule.join('|')}|`, ...rows.map(line)].join('\n')
}

type Row = readonly [name: string, cell: (pageviews: number) => string]

const bySize = (rows: readonly Row[]): string =>
  table(
    ['page views a month', ...SIZES.map(size => `${number(size / MILLION)} million`)],
    rows.map(([name, cell]) => [name, ...SIZES.map(cell)]),
  )

const billTable = (figures: Figures): string => {
  const usage = (size: number) => usageOf(figures, size)
  const month = (size: number) => billOf(figures, size, 1)
  const year = (size: number) => billOf(figures, size, 12)
  return bySize([
    [PLAN.what, size => dollars(month(size).plan)],
    ['requests', size => `${dollars(month(size).requests)} for ${millions(usage(size).requests)}`],
    ['CPU time', size => `${dollars(month(size).cpu)} for ${rough(usage(size).cpuMs / 3.6e6)} h`],
    ['rows written', size => `${dollars(month(size).rowsWritten)} for ${millions(usage(size).rowsWritten)}`],
    ['rows read', size => `${dollars(month(size).rowsRead)} for ${millions(usage(size).rowsRead)}`],
    ['storage of the month', size => `${dollars(month(size).storage)} for ${gigabytes(usage(size).bytes)}`],
    [bold('the first month'), size => bold(dollars(month(size).total))],
    ['storage, a year kept', size => `${dollars(year(size).storage)} for ${gigabytes(usage(size).bytes * 12)}`],
    [bold('a month after a year'), size => bold(dollars(year(size).total))],
    ['of which a million page views take', size => dollars((year(size).total * MILLION) / size)],
  ])
}

const endsTable = (figures: Figures): string =>
  bySize([
    ['one database is full after', size => duration(endsOf(figures, size).monthsToFull)],
    ['all of an account are full after', size => duration(endsOf(figures, size).monthsToFullAccount)],
    ['databases to keep a year', size => number(endsOf(figures, size).databases)],
    ['page views a second in the busiest hour', size => rough(busiestSecond(size))],
    [
      `of the ${number(mostPerSecond(figures))} a second that take half of a thread`,
      size => `${rough((busiestSecond(size) / mostPerSecond(figures)) * 100)} %`,
    ],
  ])

const freeTable = (figures: Figures): string => {
  const free = freePlanOf(figures)
  return table(
    ['free plan', 'page views'],
    [
      [`a day, by ${number(LIMITS.freeRowsWritten.most)} rows written`, number(Math.floor(free.rowsWritten))],
      [`a day, by ${number(LIMITS.freeRowsRead.most)} rows read`, number(Math.floor(free.rowsRead))],
      [`a day, by ${number(LIMITS.freeRequests.most)} requests`, number(Math.floor(free.requests))],
      [bold('a month of 30 such days'), bold(number(Math.floor(free.perDay) * 30))],
      [`kept in all, by ${number(LIMITS.freeDatabaseBytes.most / MILLION)} MB`, number(Math.floor(free.kept))],
      ['which at that rate are full after', duration(free.kept / (free.perDay * 30))],
    ],
  )
}

const enginesTable = (figures: Figures): string => {
  const row = (name: string, meter: keyof ReturnType<typeof enginesOf>): Row => [
    name,
    size => dollars(enginesOf(figures, size)[meter]),
  ]
  return bySize([
    row('D1, all of it', 'd1'),
    row('SQLite Durable Objects, all of it', 'objects'),
    row('D1 for the month, R2 for the eleven before', 'r2'),
    row('one question that reads all eleven in R2', 'r2Question'),
    row('deleting a month from D1 row by row, once', 'r2Deleting'),
    row('the same month left in D1, a month', 'd1Month'),
    row('besides, every beacon through a Queue', 'queue'),
  ])
}

const figuresLine = (figures: Figures): string => FIGURES.map(name => `\`${name}\` ${rough(figures[name])}`).join(' · ')

/** Bytes are priced by the gigabyte, everything else by the million. */
const amount = (value: number, { per }: Price): string => (per === 1e9 ? gigabytes(value) : millions(value))

const link = (address: string): string => `[${new URL(address).pathname.slice(1, -1)}](${address})`

interface Said {
  readonly source: string
  readonly asOf: string
  readonly text: string
}

const said: readonly Said[] = [
  { ...PLAN, text: `${PLAN.what}: ${each(PLAN.dollars)}` },
  ...Object.values(PRICES).map((price: Price) => ({
    ...price,
    text: `${price.what}: ${amount(price.included, price)} included, then ${each(price.dollars)} for ${amount(price.per, price)}`,
  })),
  ...Object.values(LIMITS).map(limit => ({
    ...limit,
    text: `${limit.what}: at most ${limit.unit === 'bytes' ? gigabytes(limit.most) : `${number(limit.most)} ${limit.unit}`}`,
  })),
]

const sourcesTable = (): string =>
  table(
    ['page', 'as of', 'what it says'],
    [...Map.groupBy(said, ({ source }) => source)].map(([source, texts]) => [
      link(source),
      texts[0]?.asOf ?? '',
      texts.map(({ text }) => text).join('; '),
    ]),
    2,
  )

const TABLES: Readonly<Record<string, (figures: Figures) => string>> = {
  bill: billTable,
  ends: endsTable,
  free: freeTable,
  engines: enginesTable,
  figures: figuresLine,
  sources: sourcesTable,
}

/**
 * A document with every table regenerated between its two markers.
 * @throws when a marker is missing: a table that is not shown is a mistake.
 */
export const withTables = (document: string, figures: Figures): string =>
  Object.entries(TABLES).reduce((text, [name, make]) => {
    const [begin, end] = [`<!-- table: ${name} -->`, `<!-- end: ${name} -->`]
    const [from, to] = [text.indexOf(begin), text.indexOf(end)]
    if (from < 0 || to < from) throw new Error(`The document lacks "${begin}" before "${end}".`)
    return `${text.slice(0, from + begin.length)}\n${make(figures)}\n${text.slice(to)}`
  }, document)

/** All tables, for a terminal. */
export const tablesOf = (figures: Figures): string =>
  Object.values(TABLES)
    .map(make => make(figures))
    .join('\n\n')
