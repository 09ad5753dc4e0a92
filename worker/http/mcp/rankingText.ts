import type { Interval, MetricValue, Row } from '../../../shared/question'
import type { Metric } from '../../metrics/metric'

interface Group {
  readonly name: string
  readonly value: number
  readonly interval: Interval | null
}

/** Names that a sentence lists before it only counts the rest. */
const MOST_NAMES = 10

/** @example groupName({ channel: 'Direct', country: 'SE' }) // 'Direct, SE' */
export const groupName = (dimensions: Row['dimensions'] = {}): string =>
  Object.values(dimensions)
    .map(name => name || '(none)')
    .join(', ')

const groupOf = ({ dimensions }: Row, { value, interval }: MetricValue): Group[] =>
  value === null ? [] : [{ name: groupName(dimensions), value, interval }]

const overlap = (a: Interval, b: Interval): boolean => a[0] <= b[1] && b[0] <= a[1]

const reasonOf = (interval: Interval | null, top: Interval): string | null => {
  if (!interval) return 'it has no interval'
  return overlap(interval, top) ? 'the 95% intervals overlap' : null
}

const listed = (groups: readonly Group[]): string => {
  const names = groups.slice(0, MOST_NAMES).map(({ name }) => `"${name}"`)
  const rest = groups.length - names.length
  return names.join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

/**
 * Says which groups a metric cannot rank below the highest: those whose interval overlaps its, or that have none. Empty for
 * fewer than two groups.
 */
export const rankingText = ({ id, name }: Metric, rows: readonly Row[]): string => {
  const groups = rows.flatMap(row => (row.metrics[id] ? groupOf(row, row.metrics[id]) : []))
  const [first, ...others] = groups.toSorted((a, b) => b.value - a.value)
  if (!first || others.length === 0) return ''
  const top = first.interval
  if (!top) return `${name} has no interval here, so do not say which group is better.`
  const reasons = Map.groupBy(others, ({ interval }) => reasonOf(interval, top))
  reasons.delete(null)
  if (reasons.size === 0) return `${name} is clearly highest for "${first.name}".`
  const unranked = [...reasons].map(([reason, level]) => `${listed(level)}, because ${reason}`)
  return `${name}: "${first.name}" has the highest value, but cannot be ranked above ${unranked.join('; nor above ')}.`
}
