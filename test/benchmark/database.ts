import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bench, openBench } from './bench.ts'
import type { Part } from './figures.ts'
import { inFolder } from './folders.ts'
import { partBefore } from './simulate.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Small enough that no request of a load waits for minutes. */
const PART = 2 * HOUR
/** Time of the last day at which the month is measured: the peak of the evening, right before the cron runs. */
const EVENING = 20.25 * HOUR

/** How a month was loaded. */
export interface Load {
  /** Page views of the last 30 days. */
  readonly pageviews: number
  readonly days: number
  /** The time of the measurement: nothing was sent from then on. */
  readonly now: number
  /** Bytes of the database before. */
  readonly empty: number
  readonly parts: readonly Part[]
  /** The cost of finishing everything that is open, on a copy. */
  readonly end: Pick<Part, 'rowsWritten' | 'bytes'>
}

/** The load: the number of days, at a rate of page views in 30 days. */
export interface Wanted {
  readonly pageviews: number
  readonly days: number
  /** Loads few page views on days whose events no query reads: see pace.ts. */
  readonly isSparse?: boolean
  /** Loads a shop, with carts, orders and goals. */
  readonly isShop?: boolean
}

/** Reports the progress of a load. */
export type Say = (text: string) => void

const LAST_DAYS = 30

/** The simulation knows whole days only: this is the share of a month up to the evening. */
const ofWholeMonth = (pageviews: number): number =>
  Math.round((pageviews * LAST_DAYS) / (LAST_DAYS - 1 + partBefore(EVENING)))

const loadInto = async (
  bench: Bench,
  { pageviews, days, isSparse = false, isShop = false }: Wanted,
  say: Say,
): Promise<Omit<Load, 'end'>> => {
  const today = Math.floor(Date.now() / DAY) * DAY
  const start = today - (days - 1) * DAY
  const now = today + EVENING
  const { bytes: empty } = await bench.ask<{ bytes: number }>('/size')
  const parts: Part[] = []
  for (let from = start; from < now; from += PART) {
    const to = Math.min(from + PART, now)
    const kind = { sparse: Number(isSparse), shop: Number(isShop) }
    const part = await bench.ask<Part>('/load', { pageviews: ofWholeMonth(pageviews), ...kind, start, from, to })
    parts.push(part)
    if (to % DAY === 0 || to === now) say(`day ${Math.ceil((to - start) / DAY)} of ${days} is loaded`)
  }
  return { pageviews, days, now, empty, parts }
}

/** Finishes what is open two days later, on a copy of the database: the measured month itself stays unchanged. */
const endOf = (dataDir: string, now: number): Promise<Load['end']> =>
  inFolder(async copy => {
    await cp(dataDir, copy, { recursive: true })
    const bench = await openBench(copy)
    try {
      return await bench.ask<Load['end']>('/finish', { now: now + 2 * DAY })
    } finally {
      await bench.stop()
    }
  })

const loaded = async (folder: string, dataDir: string, wanted: Wanted, say: Say): Promise<Load> => {
  const statePath = join(folder, 'load.json')
  if (existsSync(statePath)) return JSON.parse(await readFile(statePath, 'utf8'))
  // Left by an interrupted load.
  await rm(dataDir, { recursive: true, force: true })
  await mkdir(dataDir, { recursive: true })
  const bench = await openBench(dataDir)
  const load = await loadInto(bench, wanted, say).finally(() => bench.stop())
  const whole = { ...load, end: await endOf(dataDir, load.now) }
  await writeFile(statePath, JSON.stringify(whole))
  return whole
}

const folderOf = ({ pageviews, days, isSparse, isShop }: Wanted): string =>
  `${pageviews}-${days}${isSparse ? '-sparse' : ''}${isShop ? '-shop' : ''}`

/**
 * Runs with a loaded database, loading it unless the folder has one.
 * @param keep the folder that stores databases, `null` for none
 */
export const withMonth = async <T>(
  keep: string | null,
  wanted: Wanted,
  say: Say,
  run: (bench: Bench, load: Load) => Promise<T>,
): Promise<T> => {
  const inside = async (folder: string): Promise<T> => {
    const dataDir = join(folder, 'data')
    const load = await loaded(folder, dataDir, wanted, say)
    const bench = await openBench(dataDir)
    return run(bench, load).finally(() => bench.stop())
  }
  return keep === null ? inFolder(inside) : inside(join(keep, folderOf(wanted)))
}
