import type { MetricValue } from '../../../../shared/question'
import type { MetricId } from '../../../metrics/metricId'
import { h } from '../components/dom'
import { cardsOf, drawnOf, overTime } from '../components/keyFigures'
import { number } from '../format/format'
import { features } from '../panels/features'
import { retention } from '../panels/retention'
import { start } from '../start'

/** Those without a value say so. */
const ALWAYS: readonly MetricId[] = ['dau', 'wau', 'mau', 'stickiness']

const drawn = drawnOf(['dau', 'wau', 'mau', 'stickiness', 'early_churn_rate', 'product_adoption_rate'])

const leftOut = ({ mau }: Readonly<Record<string, MetricValue>>): HTMLElement[] => {
  if (!mau?.left_out || mau.value === null) return []
  const text = `Visitors of the last 30 days without an id that lasts beyond a day, who are in daily active users alone: ${number(mau.left_out)}.`
  return [h('p', { class: 'note' }, text)]
}

const cards = cardsOf([...ALWAYS, 'early_churn_rate', 'product_adoption_rate'], drawn, {
  shows: (id, { value }) => value !== null || ALWAYS.includes(id),
  below: leftOut,
})

start<'users'>({ cards, chart: overTime(drawn, 'day'), retention, features })
