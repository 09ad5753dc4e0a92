import {
  CHANGE_DIMENSIONS,
  CHANGE_METRICS,
  type ChangeDimension,
  type ChangeMetric,
  type ClearChange,
} from '../../../shared/changes'
import type { Filter, Row } from '../../../shared/question'
import { benjaminiHochberg } from '../../metrics/statistics/benjaminiHochberg'
import { probabilityOfChange } from './probabilityOfChange'

/** The false discovery rate: the expected share of false changes among those found. */
const FALSE_CHANGES = 0.05

/** A group's value of a metric in both periods, and how likely its change is by chance. */
type Tested = Omit<ClearChange, 'explains'>

const filterOn = (dimension: ChangeDimension, group: string): Filter =>
  dimension === 'goal' ? ['has_done', { goal: group }] : ['is', dimension, [group]]

const testedOf = (metric: ChangeMetric, dimension: ChangeDimension, row: Row, totals: Row['metrics']): Tested[] => {
  const of = row.metrics[metric]
  const group = row.dimensions?.[dimension]
  if (!of || group === undefined || of.value === null) return []
  const { value, previous = null, currency, change } = of
  if (previous === null) return []
  const probability = probabilityOfChange(metric, row.metrics, totals)
  if (probability === null) return []
  const verdict = value > previous ? 'up' : 'down'
  return [
    {
      metric,
      dimension,
      group,
      value,
      previous,
      difference: value - previous,
      ...(currency !== undefined && { currency }),
      change: change?.value ?? null,
      verdict,
      probability,
      filters: [filterOn(dimension, group)],
    },
  ]
}

const explainedBy = ({ metric, difference }: Tested, totals: Row['metrics']): number | null => {
  const total = totals[metric]
  const whole = (total?.value ?? 0) - (total?.previous ?? 0)
  return whole === 0 ? null : difference / whole
}

/** If the total did not change, the largest changes come first. */
const compareChanges = (one: ClearChange, other: ClearChange): number =>
  Math.abs(other.explains ?? 0) - Math.abs(one.explains ?? 0) ||
  Math.abs(other.difference) - Math.abs(one.difference) ||
  one.probability - other.probability

/** Changes that are clear, and how many were tested. */
export interface FoundChanges {
  readonly tested: number
  readonly changes: readonly ClearChange[]
}

/**
 * The groups with a significant change, corrected for multiple testing. Those that explain most of the total's change come first.
 * @param totals of the whole site
 * @param rows by dimension, with values of both periods
 */
export const findChanges = (
  totals: Row['metrics'],
  rows: Readonly<Partial<Record<ChangeDimension, readonly Row[]>>>,
): FoundChanges => {
  const tested = CHANGE_METRICS.flatMap(metric =>
    CHANGE_DIMENSIONS.flatMap(dimension =>
      (rows[dimension] ?? []).flatMap(row => testedOf(metric, dimension, row, totals)),
    ),
  ).sort((one, other) => one.probability - other.probability)
  const clear = benjaminiHochberg(
    tested.map(({ probability }) => probability),
    FALSE_CHANGES,
  )
  return {
    tested: tested.length,
    changes: tested
      .slice(0, clear)
      .map((one): ClearChange => ({ ...one, explains: explainedBy(one, totals) }))
      .sort(compareChanges),
  }
}
