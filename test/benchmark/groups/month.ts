import type { Bench } from '../bench.ts'
import type { Load, Say } from '../database.ts'
import { costsOf, type Figures, median, quantile } from '../figures.ts'

interface Measured {
  readonly ms: number
  readonly rowsRead: number
}

const times = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

const repeat = async <T>(count: number, run: () => Promise<T>): Promise<T[]> => {
  const results: T[] = []
  for (const _ of times(count)) results.push(await run())
  return results
}

const LOADS = 9

/** The median time and the most rows of some runs, after one that is not counted. */
const costOf = async (bench: Bench, path: string, { now }: Load): Promise<Measured> => {
  const [, ...loads] = await repeat(LOADS + 1, () => bench.ask<Measured>(path, { now }))
  return { ms: median(loads.map(({ ms }) => ms)), rowsRead: Math.max(...loads.map(({ rowsRead }) => rowsRead)) }
}

export const overviewOf = (bench: Bench, load: Load): Promise<Measured> => costOf(bench, '/overview', load)

/** The cost of what an owner asks every day, on a site with as many page views in the previous period. */
export const measureHistory = async (bench: Bench, load: Load): Promise<Figures> => {
  const overview = await overviewOf(bench, load)
  const catalogue = await costOf(bench, '/catalogue', load)
  const pairs = await costOf(bench, '/pairs', load)
  return {
    rows_read_dashboard_30d_history: overview.rowsRead,
    overview_ms_history: overview.ms,
    rows_read_catalogue: catalogue.rowsRead,
    catalogue_ms: catalogue.ms,
    rows_read_pair: pairs.rowsRead,
    pair_ms: pairs.ms,
  }
}

interface ReportCost {
  readonly statements: number
  readonly rowsRead: number
}

/** The most that the report of a week or of a month takes. */
export const measureReport = async (bench: Bench, { now }: Load): Promise<Figures> => {
  const costs = await bench.ask<ReportCost[]>('/report', { now })
  return {
    statements_report: Math.max(...costs.map(({ statements }) => statements)),
    rows_read_report: Math.max(...costs.map(({ rowsRead }) => rowsRead)),
  }
}

/** The cost of the month and of a load of the overview. */
export const measureMonth = async (bench: Bench, load: Load): Promise<Figures> => {
  const overview = await overviewOf(bench, load)
  // The first run finishes what the load left; the second finds nothing to do.
  const [, idle] = await repeat(2, () => bench.ask<{ rowsRead: number }>('/finish', { now: load.now }))
  return {
    ...costsOf(load.empty, load.parts, load.end),
    rows_read_per_cron: idle?.rowsRead ?? 0,
    rows_read_dashboard_30d: overview.rowsRead,
    overview_ms: overview.ms,
  }
}

/** Every metric of the catalogue alone. */
export const measureQuestions = async (bench: Bench, { now }: Load, say: Say): Promise<Figures> => {
  const metrics = await bench.ask<string[]>('/metrics')
  const slowest: { metric: string; ms: number }[] = []
  for (const metric of metrics) {
    const [, ...asked] = await repeat(4, () => bench.ask<Measured>('/metric', { metric, now }))
    slowest.push({ metric, ms: median(asked.map(({ ms }) => ms)) })
  }
  slowest.sort((a, b) => b.ms - a.ms)
  say(
    `slowest: ${slowest
      .slice(0, 5)
      .map(({ metric, ms }) => `${metric} ${ms} ms`)
      .join(', ')}`,
  )
  const all = slowest.map(({ ms }) => ms)
  return { query_ms_p50: quantile(all, 0.5), query_ms_p95: quantile(all, 0.95) }
}

/** The overview by the API and by plain SQL over the events, which give the same answers. */
export const measureRaw = async (bench: Bench, load: Load): Promise<Figures> => {
  const overview = await overviewOf(bench, load)
  const raw = await repeat(3, () => bench.ask<Measured>('/raw', { now: load.now }))
  const ms = median(raw.map(one => one.ms))
  return { speedup_over_raw: ms / overview.ms, raw_overview_ms: ms, raw_rows_read: raw[0]?.rowsRead ?? 0 }
}
