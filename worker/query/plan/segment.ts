import type { DayMeasure } from '../../metrics/dayMeasure'
import type { Dimension } from '../../metrics/dimensions'
import type { Measure } from '../../metrics/metric'
import type { Scope } from '../../relations/sql/scope'
import type { IdColumn } from '../../rollups/activePeople'
import type { DayRollup } from '../../rollups/rollupText'
import type { StoredMeasure } from '../../rollups/storedMeasures'
import type { BucketDays } from '../compile/bucketDays'
import type { PeopleMode } from '../compile/compileMeasures'
import type { MetricMeasure } from '../compile/metricMeasure'
import type { ImportedValue } from './readImportedDays'

/** A measure of a query. */
export interface RequestedMeasure extends MetricMeasure {
  /** Of its metric, in the query. */
  readonly position: number
}

/** A measure of a query that rollups store. */
export interface CoveredMeasure extends RequestedMeasure {
  readonly stored: StoredMeasure
  readonly measure: Measure
}

/** Measures to compute from sessions and events. */
export interface LiveSegment {
  readonly source: 'live'
  readonly measures: readonly RequestedMeasure[]
  readonly scope: Scope
  readonly people: PeopleMode
  /** By which distinct visitors of days are added up. */
  readonly buckets: readonly BucketDays[]
  /** The bucket that all of it falls into; `null` where the statement tells buckets apart. */
  readonly bucket: number | null
  /** -1 for what is to be subtracted. */
  readonly sign: 1 | -1
}

/** Measures to add up from rollups. */
export interface RollupSegment {
  readonly source: 'rollup'
  readonly measures: readonly CoveredMeasure[]
  readonly bucket: number
  /** Whether the answer tells groups apart. */
  readonly isGrouped: boolean
  /** The groups to add up; `null` for all. */
  readonly groups: readonly string[] | null
  readonly kind: 'daily' | 'hourly' | 'today'
  /** Local days, or epoch hours of hourly rollups; nothing happened in those without a rollup. */
  readonly times: readonly number[]
  readonly rollups: readonly DayRollup[]
}

/** Measures of people of whom today's rollup knows only that they were active. */
export interface ActivePeopleSegment {
  readonly source: 'active_people'
  readonly measures: readonly RequestedMeasure[]
  readonly scope: Scope
  readonly bucket: number
  readonly people: ReadonlySet<number>
}

/** A measure, and the numbers of imported days that it is read from. */
export interface ImportedMeasure extends RequestedMeasure {
  readonly ofDays: DayMeasure
  readonly values: readonly ImportedValue[]
}

/** Measures of people of whom it is known that they were active, and in which groups of a dimension. */
export interface ActiveGroupsSegment {
  readonly source: 'active_groups'
  readonly measures: readonly RequestedMeasure[]
  readonly scope: Scope
  readonly bucket: number
  readonly dimension: Dimension
  /** The column of sessions that the dimension follows from. */
  readonly column: IdColumn
  /** Whether the answer tells groups apart. */
  readonly isGrouped: boolean
  /** The groups to count; `null` for all. */
  readonly groups: readonly string[] | null
  /** People by the id in that column, of sessions that are over. */
  readonly closed: ReadonlyMap<number | null, readonly number[]>
  /** The same of open sessions. */
  readonly open: ReadonlyMap<number | null, readonly number[]>
}

/** Measures to read from imported days. */
export interface ImportedSegment {
  readonly source: 'imported'
  readonly measures: readonly ImportedMeasure[]
  /** Whether the answer tells groups apart. */
  readonly isGrouped: boolean
}

/** A part of a query's time and measures, and the source of their numbers. */
export type Segment = LiveSegment | RollupSegment | ActivePeopleSegment | ActiveGroupsSegment | ImportedSegment
