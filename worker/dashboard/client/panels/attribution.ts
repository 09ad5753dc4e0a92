import type { MetricValue } from '../../../../shared/question'
import { attributionModelOf, attributionQuestion, DEFAULT_MODEL } from '../../attributionQuestion'
import { SOURCE_TABS } from '../../sourceTabs'
import { breakdownPanel } from '../components/breakdownPanel'
import { find } from '../components/find'
import type { Mount } from '../components/panel'
import { number } from '../format/number'
import { go, onView, withOwn } from '../state/view'

const COLUMNS = ['revenue', 'orders'] as const

const notFollowedText = ({ not_followed = 0 }: MetricValue): string | null => {
  if (not_followed === 0) return null
  return not_followed === 1
    ? '1 order is from a visitor without a persistent ID. Only sessions on the same day can get its credit.'
    : `${number(not_followed)} orders are from visitors without a persistent ID. Only sessions on the same day can get their credit.`
}

const table = breakdownPanel({
  id: 'attribution',
  metrics: COLUMNS,
  sheet: COLUMNS,
  all: COLUMNS,
  tabs: SOURCE_TABS,
  none: 'No orders in this period.',
  asks: attributionQuestion,
  note: notFollowedText,
})

/** Orders and revenue by the sessions that a chosen model credits. */
export const attribution: Mount = section => {
  const menu = find<HTMLSelectElement>('#model', section)
  menu.addEventListener('change', () => go(withOwn({ model: menu.value === DEFAULT_MODEL ? null : menu.value })))
  onView(view => {
    menu.value = attributionModelOf(view)
  })
  table(section)
}
