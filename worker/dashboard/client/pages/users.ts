import type { MetricValue } from '../../../../shared/question'
import type { MetricId } from '../../../metrics/metricId'
import { fill } from '../../texts/fill'
import { usersTexts } from '../../texts/users'
import { cardsPanel } from '../components/cardsPanel'
import type { Together } from '../components/chartOrReason'
import { chartPanel } from '../components/chartPanel'
import { h } from '../components/h'
import { ACTIVITY_METRICS, ofWeekOne } from '../panels/activityMetrics'
import { features } from '../panels/features'
import { lifecycle } from '../panels/lifecycle'
import { retention } from '../panels/retention'
import { retentionSetup } from '../panels/retentionSetup'
import { start } from '../start'
import { metricName } from '../state/metricName'
import { rollingDays } from '../state/rollingDays'
import { shownMetricOf } from '../state/shownMetricOf'

/** Shown even without a value, with the reason. */
const ALWAYS: readonly MetricId[] = ['dau', 'wau', 'mau', 'stickiness']

const shownMetric = shownMetricOf(ACTIVITY_METRICS)

const countedInDauOnly = ({ mau }: Readonly<Record<string, MetricValue>>): HTMLElement[] => {
  if (!mau?.left_out || mau.value === null) return []
  return [h('p', { class: 'note' }, fill(usersTexts.cards.dauOnly, { count: mau.left_out }))]
}

/** Active users of a day, a week and a month, in one chart. */
const ACTIVE_USERS: Together = { metrics: ['dau', 'wau', 'mau'], name: usersTexts.panels.cards }

const nameOf = (id: MetricId): string => (id === 'retention_rate' ? usersTexts.cards.weekOne : metricName(id))

const cards = cardsPanel(ACTIVITY_METRICS, shownMetric, {
  together: ACTIVE_USERS.metrics,
  asks: ofWeekOne,
  nameOf,
  shows: (id, { value }) => value !== null || ALWAYS.includes(id),
  below: countedInDauOnly,
})

start<'users'>({
  setup: retentionSetup,
  cards,
  chart: chartPanel(shownMetric, rollingDays, { together: ACTIVE_USERS, asks: ofWeekOne, nameOf }),
  retention,
  lifecycle,
  features,
})
