import { expect, test } from 'vitest'
import type { MetricValue } from '../../../shared/question'
import { metricOf } from '../../metrics/definitions'
import type { Metric } from '../../metrics/metric'
import { valueText } from './valueText'

const VALUE: MetricValue = {
  value: 0.41,
  numerator: 41,
  denominator: 100,
  interval: [0.319, 0.508],
  status: 'ok',
  pending: 0,
}
const rate = metricOf('bounce_rate') as Metric
const count = metricOf('visitors') as Metric
const money = metricOf('revenue') as Metric

test.each<[Metric, Partial<MetricValue>, string]>([
  [rate, {}, 'Bounce rate: 41% (41 of 100), 95% interval 31.9% to 50.8%.'],
  [
    rate,
    { previous: 0.47, change: { value: -0.06, interval: [-0.19, 0.08], verdict: 'no_clear_change' } },
    'Bounce rate: 41% (41 of 100), 95% interval 31.9% to 50.8%. Compared with 47%: no clear change (-6 points, 95% interval -19 points to +8 points).',
  ],
  [
    count,
    { value: 1234, interval: null, previous: 1000, change: { value: 0.234, interval: [0.1, 0.3], verdict: 'up' } },
    'Visitors: 1,234. Compared with 1,000: clearly up (+23.4%, 95% interval +10% to +30%).',
  ],
  [count, { value: 5, interval: null, previous: null }, 'Visitors: 5. There is no value to compare it with.'],
  [money, { value: 12.5, interval: null, currency: 'EUR' }, 'Revenue: 12.5 EUR.'],
  [rate, { value: null, interval: null, status: 'no_data' }, 'Bounce rate: no value. There is no data for it.'],
  [
    rate,
    { status: 'low_sample', reason: 'Only 12 sessions.' },
    'Bounce rate: 41% (41 of 100), 95% interval 31.9% to 50.8%. Only 12 sessions.',
  ],
])('%# %s', (metric, over, text) => {
  expect(valueText(metric, { ...VALUE, ...over })).toBe(text)
})
