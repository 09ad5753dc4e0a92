import { isSmallShare } from '../../../../shared/isSmallShare'
import type { Answer, MetricValue, Row } from '../../../../shared/question'
import { wilson } from '../../../../shared/wilson'
import { clientFrameTexts } from '../../texts/clientFrame'
import { usersTexts } from '../../texts/users'
import { groupText } from '../format/groupText'
import { rangeText } from '../format/rangeText'
import { timeText } from '../format/timeText'
import type { RetentionUnit } from './retentionUnit'

export const METRIC = 'retention_rate'
export const COHORT = 'cohort'

/** New users and the shares that came back: those of a cohort, of a value of the split, or all. */
export interface RetentionGroup {
  /** `null` for all. */
  readonly id: string | null
  readonly text: string
  readonly users: number
  /** One after each number of days, weeks or months. */
  readonly values: readonly (MetricValue | undefined)[]
}

const idIn = ({ dimensions }: Row, dimension: string): string => dimensions?.[dimension] ?? ''

const usersIn = ({ metrics }: Row): number => (metrics[METRIC]?.denominator ?? 0) + (metrics[METRIC]?.pending ?? 0)

/** Weeks are named by their Monday. */
const textOf = (dimension: string, id: string, unit: RetentionUnit): string => {
  if (dimension !== COHORT) return groupText(dimension, id)
  return unit.value === 'month' ? timeText(id, 'month') : rangeText({ from: id, to: id })
}

/** The groups of the answers: cohorts from the oldest, others from the largest. */
export const retentionGroups = (
  answers: readonly Answer[],
  dimension: string,
  unit: RetentionUnit,
): RetentionGroup[] => {
  const byId = answers.map(({ rows }) => new Map(rows.map(row => [idIn(row, dimension), row.metrics[METRIC]])))
  const groups = (answers[0]?.rows ?? []).map(row => {
    const id = idIn(row, dimension)
    return { id, text: textOf(dimension, id, unit), users: usersIn(row), values: byId.map(values => values.get(id)) }
  })
  // Visitors without a persistent id have groups too, and no retention.
  return dimension === COHORT
    ? groups.toReversed()
    : groups.filter(({ users }) => users > 0).toSorted((one, other) => other.users - one.users)
}

/** The share over all groups of an answer: every new user is in one. */
const totalOf = ({ rows }: Answer): MetricValue => {
  const sum = (part: 'numerator' | 'denominator' | 'pending'): number =>
    rows.reduce((total, { metrics }) => total + (metrics[METRIC]?.[part] ?? 0), 0)
  const [numerator, denominator, pending] = [sum('numerator'), sum('denominator'), sum('pending')]
  const interval = wilson(numerator, denominator)
  if (interval === null) return { value: null, numerator, denominator, interval, status: 'pending', pending }
  const status = isSmallShare(interval) ? 'low_sample' : 'ok'
  return { value: numerator / denominator, numerator, denominator, interval, status, pending }
}

/** All groups together. */
export const allUsers = (answers: readonly Answer[], dimension: string): RetentionGroup => ({
  id: null,
  text: dimension === COHORT ? usersTexts.retention.allCohorts : clientFrameTexts.groups.all,
  users: (answers[0]?.rows ?? []).reduce((sum, row) => sum + usersIn(row), 0),
  values: answers.map(totalOf),
})
