import type { DayNumber } from '../imports.ts'
import type { DayCount, DayCounts } from './daySets.ts'
import { ImportFailure } from './importFailure.ts'
import { originOf } from './originOf.ts'
import type { CellOf } from './readDays.ts'
import { wholeCount } from './wholeCount.ts'
import { withinSessions } from './withinSessions.ts'

/** A part of where sessions came from. */
type OriginPart = 'source' | 'medium' | 'campaign' | 'term' | 'content' | 'source / medium' | 'referrer'

/** A column with values of a dimension. */
export interface DimensionColumn {
  readonly dimension: string
  /** A value in the form that the collector stores. */
  written?(text: string): string
}

/** A mean over sessions, or the share of some of them, from which a number follows. */
export interface MeanColumn {
  readonly number: DayNumber
  numberOf(mean: number, sessions: number): number
}

/** The meaning of a tool's columns, by name in lower case. */
export interface DayTable {
  readonly dimensions: Readonly<Record<string, DimensionColumn>>
  readonly origins: Readonly<Record<string, OriginPart>>
  /** If a table has several columns for one number, the first listed wins. */
  readonly numbers: readonly (readonly [column: string, number: DayNumber])[]
  readonly means: Readonly<Record<string, MeanColumn>>
  /** The texts for what is unknown. */
  readonly unknown: readonly string[]
}

/** A decimal number, or a percentage as a fraction; `null` for anything else. */
const decimalOf = (text: string): number | null => {
  const [, number, percent] = /^\s*(\d{1,12}(?:\.\d+)?)\s*(%?)\s*$/.exec(text) ?? []
  return number === undefined ? null : Number(number) / (percent ? 100 : 1)
}

const countsIn = ({ numbers, means }: DayTable, cell: CellOf): DayCounts => {
  const counts: Partial<Record<DayNumber, number>> = {}
  for (const [column, name] of numbers) {
    const count = wholeCount(cell(column))
    if (count !== null) counts[name] ??= count
  }
  for (const [column, { number, numberOf }] of Object.entries(means)) {
    const mean = decimalOf(cell(column))
    if (mean !== null && counts.sessions !== undefined) counts[number] ??= Math.round(numberOf(mean, counts.sessions))
  }
  return withinSessions(counts)
}

const originIn = ({ origins, unknown }: DayTable, columns: readonly string[], cell: CellOf): string => {
  const parts: Partial<Record<OriginPart, string>> = {}
  for (const column of columns) {
    const part = origins[column] as OriginPart
    const texts = part === 'source / medium' ? cell(column).split(' / ') : [cell(column)]
    const [text = '', medium = ''] = texts.map(one => (unknown.includes(one) ? '' : one))
    if (part === 'source / medium') Object.assign(parts, { source: text, medium })
    else parts[part] = text
  }
  const { source = '', referrer = '', medium = '', campaign = '', term = '', content = '' } = parts
  return originOf({ source: source || referrer, isTagged: source !== '', medium, campaign, term, content })
}

/** Reads the rows of a table, once its columns are known. */
export type CountRow = (cell: CellOf) => readonly DayCount[]

/**
 * How the rows of a table with some columns are counted: by the one dimension that it has, by where sessions came from, or
 * in total.
 * @param columns in lower case
 * @throws ImportFailure for several dimensions
 */
export const dayTableReader = (table: DayTable, columns: readonly string[], name: string): CountRow => {
  const dimensions = columns.filter(column => Object.hasOwn(table.dimensions, column))
  const origins = columns.filter(column => Object.hasOwn(table.origins, column))
  if (dimensions.length + Math.min(origins.length, 1) > 1)
    throw new ImportFailure(
      `${name} has several dimensions, ${[...dimensions, ...origins].join(' and ')}: export each by itself, with the date.`,
    )
  const [column = ''] = dimensions
  const dimension = table.dimensions[column]
  return cell => {
    const counts = countsIn(table, cell)
    if (origins.length > 0) return [{ dimension: 'origin', value: originIn(table, origins, cell), counts }]
    if (!dimension) return [{ dimension: '', value: '', counts }]
    const text = table.unknown.includes(cell(column)) ? '' : cell(column)
    return [{ dimension: dimension.dimension, value: dimension.written?.(text) ?? text, counts }]
  }
}
