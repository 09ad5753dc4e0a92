import { expect, test } from 'vitest'
import { EMPTY_SETTINGS, type SiteSettings } from '../../shared/settings'
import { allowedDimensions, defaultsOf } from '../../worker/metrics/allowed'
import { METRICS } from '../../worker/metrics/definitions'
import { type Dimension, dimensionOf } from '../../worker/metrics/dimensions'
import type { Metric } from '../../worker/metrics/metric'
import { compileMeasures } from '../../worker/query/compile/compileMeasures'
import type { Scope } from '../../worker/relations/sql/scope'
import { measuresOf } from '../../worker/rollups/storedMeasures'

const DAY = 86_400_000

/** One rule of each kind in every setting that affects metrics. */
const SETTINGS: SiteSettings = {
  ...EMPTY_SETTINGS,
  conversions: [{ event: 'chat_opened' }, { page: '/thanks*' }, { feature: 'export' }],
  value_event: { event: 'chat_opened' },
  product_qualified: [{ event: 'chat_opened', times: 2 }],
  features: [{ name: 'Chat', event: 'chat_opened' }],
  goals: [
    { id: 'chat', name: 'Chat', event: 'chat_opened', where: [['is', 'property:plan', ['pro']]], value: 2 },
    { id: 'thanks', name: 'Thanks', page: '/thanks*', where: [['is', 'country', ['SE']]] },
    { id: 'read', name: 'Read', scroll: 90 },
  ],
  funnels: [
    {
      id: 'chat',
      name: 'Chat',
      steps: [
        { name: 'Page', page: '/thanks*' },
        { name: 'Chat', event: 'chat_opened', where: [['is', 'country', ['SE']]] },
        { name: 'Page', page: '/*' },
      ],
      order: 'sequential',
      window: 7,
      scope: 'visitor',
    },
  ],
}

const scopeBy = (dimensions: readonly Dimension[]): Scope => ({
  site: 1,
  zone: 'UTC',
  now: 3 * DAY,
  range: { from: 0, to: 2 * DAY, firstDay: 0, lastDay: 1 },
  granularity: 'day',
  dimensions,
  filters: [],
  removed: null,
  added: null,
  hasIdentities: true,
  customEvents: new Map([['chat_opened', 1]]),
  formerEvents: new Map(),
  currencies: new Map(),
  settings: SETTINGS,
  users: new Map(),
  ends: [
    { key: 0, from: 0, to: DAY, lastDay: 0, days: 1 },
    { key: 1, from: DAY, to: 2 * DAY, lastDay: 1, days: 1 },
  ],
})

const sqlOf = (metric: Metric, by: string | null): string => {
  const dimension = by === null ? undefined : dimensionOf(by)
  const args = defaultsOf(metric)
  const made = compileMeasures(scopeBy(dimension ? [dimension] : []), measuresOf(metric, args, SETTINGS))
  const title = by === null ? 'in total' : `by ${by}`
  return made.map(({ sql, values }) => `-- ${metric.id} ${title}, with ${JSON.stringify(values)}\n${sql};\n`).join('\n')
}

/** By a dimension of the session, and by one of the event. */
const SHOWN = ['channel', 'page']

test.each(METRICS.map(metric => [metric.id, metric] as const))(
  'the SQL of %s is the one in git',
  async (id, metric) => {
    const by = [null, ...SHOWN.filter(dimension => allowedDimensions(metric).includes(dimension))]
    await expect(by.map(dimension => sqlOf(metric, dimension)).join('\n')).toMatchFileSnapshot(`sql/${id}.sql`)
  },
)
