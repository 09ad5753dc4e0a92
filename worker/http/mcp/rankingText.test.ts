import { expect, test } from 'vitest'
import type { Interval, MetricValue, Row } from '../../../shared/question'
import { metricOf } from '../../metrics/definitions'
import type { Metric } from '../../metrics/metric'
import { rankingText } from './rankingText'

const METRIC = metricOf('bounce_rate') as Metric

const rowOf = (channel: string, value: number | null, interval: Interval | null): Row => ({
  dimensions: { channel },
  metrics: {
    bounce_rate: { value, interval, numerator: 1, denominator: 2, status: 'ok', pending: 0 } satisfies MetricValue,
  },
})

test.each([
  ['one group', [rowOf('a', 0.5, [0.4, 0.6])], ''],
  [
    'groups apart',
    [rowOf('a', 0.2, [0.1, 0.3]), rowOf('b', 0.5, [0.4, 0.6])],
    'Bounce rate is clearly highest for "b".',
  ],
  [
    'groups that overlap',
    [rowOf('a', 0.5, [0.4, 0.6]), rowOf('b', 0.45, [0.3, 0.55]), rowOf('c', 0.1, [0.05, 0.2])],
    'Bounce rate: "a" has the highest value, but cannot be ranked above "b", because the 95% intervals overlap.',
  ],
  [
    'a group without an interval',
    [rowOf('a', 0.5, [0.4, 0.6]), rowOf('b', 0.1, null)],
    'Bounce rate: "a" has the highest value, but cannot be ranked above "b", because it has no interval.',
  ],
  [
    'no interval',
    [rowOf('a', 0.5, null), rowOf('b', 0.1, null)],
    'Bounce rate has no interval here, so do not say which group is better.',
  ],
  ['a group without a value', [rowOf('a', 0.5, [0.4, 0.6]), rowOf('b', null, null)], ''],
])('%s', (_, rows, text) => {
  expect(rankingText(METRIC, rows)).toBe(text)
})
