import { dayOf } from '../lib/calendar'
import type { Dimension } from '../metrics/dimensions'
import { type Database, firstRow, type SqlStatement, statement } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import rollupsChangeRules from '../storage/sql/rollups.change_rules.sql'
import rollupsComplete from '../storage/sql/rollups.complete.sql'
import sumsDeleteEmpty from '../storage/sql/sums.delete_empty.sql'
import sumsKeepMeasures from '../storage/sql/sums.keep_measures.sql'
import sumsSelectDayBefore from '../storage/sql/sums.select_day_before.sql'
import sumsSelectLastParts from '../storage/sql/sums.select_last_parts.sql'
import sumsSelectMeasures from '../storage/sql/sums.select_measures.sql'
import sumsSelectVersions from '../storage/sql/sums.select_versions.sql'
import { writeBatch } from '../storage/writeBatch'
import type { Days } from './days'
import type { RollupTarget } from './gatheredDays'
import { limitDays } from './limitDays'
import { readSessionSummary } from './readSessionSummary'
import { ROLLED_DIMENSIONS, storedMeasuresHash } from './rolledDimensions'
import type { RolledUp, RollupState } from './rollupState'
import { groupTargets, storeDays } from './storeDays'
import { everyStoredMeasure, type StoredMeasure } from './storedMeasures'

/** Whether every stored day is rolled up by exactly the current dimensions, so that it can lack only measures. */
export const lackOnlyMeasures = async (
  db: Database,
  site: SiteConfig,
  { until }: RolledUp,
  { retained }: RollupState,
): Promise<boolean> => {
  const last = dayOf(until, site.timezone)
  const { rows } = await db.all<{ dimension: string; days: number }>(sumsSelectVersions, site.id, retained.day, last)
  const total = rows.find(({ dimension }) => dimension === '')?.days ?? 0
  const names = ROLLED_DIMENSIONS.map(dimension => dimension?.id ?? '')
  return (
    rows.every(({ dimension }) => names.includes(dimension)) &&
    names.every(name => (rows.find(({ dimension }) => dimension === name)?.days ?? 0) >= total)
  )
}

/** Keeps the rollups and notes that they may lack measures of the current settings. */
export const changeRules = async (db: Database, site: SiteConfig, { until }: RolledUp): Promise<void> => {
  const before = dayOf(until, site.timezone)
  await writeBatch(db, [statement(rollupsChangeRules, site.id, storedMeasuresHash(site.settings), before)])
}

/** The contents of the rollups of some days by one dimension. */
interface Held {
  readonly dimension: Dimension | null
  /** By key of a measure, the number of days that hold it. */
  readonly measures: ReadonlyMap<string, number>
  /** By day, the number of its last row. */
  readonly lastParts: ReadonlyMap<number, number>
}

const readHeld = async (db: Database, site: number, { first, last }: Days): Promise<Held[]> => {
  const [measures, parts] = await db.batch<{ dimension: string; key: string; days: number; day: number; part: number }>(
    [sumsSelectMeasures, sumsSelectLastParts].map(sql => statement(sql, site, first, last)),
  )
  const own = <T extends { dimension: string }>(rows: readonly T[] = [], dimension: Dimension | null): T[] =>
    rows.filter(row => row.dimension === (dimension?.id ?? ''))
  return ROLLED_DIMENSIONS.map(dimension => ({
    dimension,
    measures: new Map(own(measures?.rows, dimension).map(({ key, days }) => [key, days])),
    lastParts: new Map(own(parts?.rows, dimension).map(({ day, part }) => [day, part])),
  }))
}

/** The last days that may lack measures, as many as one step can build; `null` if no day may. */
const nextDays = async (
  db: Database,
  site: SiteConfig,
  { retained }: RollupState,
  before: number,
  most: number,
): Promise<Days | null> => {
  const row = await firstRow<{ day: number | null }>(db, sumsSelectDayBefore, site.id, before)
  if (row?.day === null || row?.day === undefined) return null
  const days = { first: Math.max(row.day - most + 1, retained.day), last: row.day }
  const fitting = await limitDays(db, site, days)
  return fitting.last === days.last ? days : { ...days, first: days.last }
}

/** What to change in the rollups of some days by one dimension: `measures` are added. */
interface Change extends RollupTarget {
  /** The keys of the measures that stay. */
  readonly kept: readonly string[]
}

const changesOf = (site: SiteConfig, { dimension, measures, lastParts }: Held): Change[] => {
  const wanted = everyStoredMeasure(site.settings, dimension)
  const isHeld = ({ key }: StoredMeasure): boolean => measures.get(key) === lastParts.size
  const kept = wanted.filter(isHeld).map(({ key }) => key)
  const missing = wanted.filter(one => !isHeld(one))
  const isDone = missing.length === 0 && measures.size === kept.length
  return isDone ? [] : [{ dimension, kept, measures: missing, lastParts }]
}

/** Statements that drop the measures of former settings. */
const dropFormerMeasures = (
  site: SiteConfig,
  { version }: RollupState,
  { first, last }: Days,
  changes: readonly Change[],
): SqlStatement[] => {
  const names = JSON.stringify(changes.map(({ dimension }) => dimension?.id ?? ''))
  const kept = changes.flatMap(({ dimension, kept }) => kept.map(key => `${dimension?.id ?? ''} ${key}`))
  return [
    statement(sumsKeepMeasures, site.id, names, first, last, JSON.stringify(kept), version),
    statement(sumsDeleteEmpty, site.id, names, first, last, version),
  ]
}

/** The limits of one step. */
interface Bounds {
  readonly days: number
  /** Whether the run has time and statements left for another dimension. */
  readonly hasRoom: () => boolean
}

/**
 * Adds missing measures to the rollups of the last days that may lack any, and drops those of former settings. All
 * others stay, because most settings change few measures.
 */
export const addMeasures = async (
  db: Database,
  site: SiteConfig,
  state: RollupState,
  { missingBefore, rules }: RolledUp,
  bounds: Bounds,
): Promise<void> => {
  const days = await nextDays(db, site, state, missingBefore, bounds.days)
  const changes = days ? (await readHeld(db, site.id, days)).flatMap(held => changesOf(site, held)) : []
  if (!days || changes.length === 0) {
    await writeBatch(db, [statement(rollupsComplete, site.id, days?.first ?? 0, rules)])
    return
  }
  const sessions = await readSessionSummary(db, site, days)
  for (const targets of groupTargets(changes, sessions)) {
    const before = dropFormerMeasures(site, state, days, targets)
    if (targets.every(({ measures }) => measures.length === 0)) await writeBatch(db, before)
    else await storeDays(db, site, state, days, { targets, sessions, before })
    if (!bounds.hasRoom()) return
  }
}
