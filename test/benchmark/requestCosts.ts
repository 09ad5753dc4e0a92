import type { Figures } from './figures.ts'

/** The cost of a request, in the order of the table. */
export interface RequestCost {
  /** Milliseconds for which the isolate is busy with its first such request. */
  readonly firstCpuMs?: number
  /** The same for later ones: the median. */
  readonly cpuMs: number
  readonly rowsRead?: number
  /** Median milliseconds until the answer. */
  readonly ms?: number
}

/** Page views a day of the measured sites. */
export const SIZES = [1_000, 40_000, 200_000] as const
export type Size = (typeof SIZES)[number]

/** By name in the figures, the name in the table. */
export const REQUESTS = {
  beacon: 'a beacon',
  overview: 'the overview: cards, chart and four breakdowns of 30 days, compared',
  two_days: 'the cards of two days, compared',
  filtered_pages: 'page views by page, filtered by country, 30 days',
  catalogue: 'the catalogue with `?site=`',
  idle_cron: 'a run of the cron that finds nothing to do',
  busiest_cron: 'the busiest run of the cron while the days were filled',
} as const
export type RequestName = keyof typeof REQUESTS

const MEASURES = ['firstCpuMs', 'cpuMs', 'rowsRead', 'ms'] as const satisfies readonly (keyof RequestCost)[]

const PREFIX = 'request_'
const nameOf = (request: string, size: number, measure: keyof RequestCost): string =>
  `${PREFIX}${request}_${size}_${measure.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)}`

export const isOfRequest = (figure: string): boolean => figure.startsWith(PREFIX)

/** The figures of requests to one site. */
export const requestFigures = (size: Size, costs: Readonly<Record<RequestName, RequestCost>>): Figures =>
  Object.fromEntries(
    Object.entries(costs).flatMap(([request, cost]) =>
      MEASURES.flatMap(measure => {
        const value = cost[measure]
        return value === undefined ? [] : [[nameOf(request, size, measure), value]]
      }),
    ),
  )

const whole = (value: number): string => Math.round(value).toLocaleString('en')
const exact = (value: number): string => (value < 10 ? value.toFixed(1) : whole(value))

const cellOf = (figures: Figures, request: string, size: Size): string => {
  const [first, cpu, rows, ms] = MEASURES.map(measure => figures[nameOf(request, size, measure)])
  const shown = [first, cpu].filter(value => value !== undefined).map(exact)
  return [
    ...(shown.length > 0 ? [`${shown.join(' / ')} ms CPU`] : []),
    ...(rows === undefined ? [] : [`${whole(rows)} rows`]),
    ...(ms === undefined ? [] : [`${exact(ms)} ms`]),
  ].join(', ')
}

/** A table with a row for each request and a column for each size. */
export const requestTable = (figures: Figures): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    line(['request', ...SIZES.map(size => `at ${whole(size)} page views a day`)]),
    line(['---', ...SIZES.map(() => '---')]),
    ...Object.entries(REQUESTS).map(([id, name]) => line([name, ...SIZES.map(size => cellOf(figures, id, size))])),
  ].join('\n')
}
