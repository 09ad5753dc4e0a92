import type { MetricValue } from '../../../../shared/question'
import { attributionModelOf, attributionQuestion, DEFAULT_MODEL } from '../../attributionQuestion'
import { SOURCE_TABS } from '../../sourceTabs'
import { fill } from '../../texts/fill'
import { growthTexts } from '../../texts/growth'
import { breakdownPanel } from '../components/breakdownPanel'
import { find } from '../components/find'
import type { Mount } from '../components/panel'
import { go, onView, withOwn } from '../state/view'

const { attribution: texts } = growthTexts

const COLUMNS = ['revenue', 'orders'] as const

const notFollowedText = ({ not_followed: count = 0 }: MetricValue): string | null =>
  count === 0 ? null : fill(texts.notFollowed, { count })

const table = breakdownPanel({
  id: 'attribution',
  metrics: COLUMNS,
  sheet: COLUMNS,
  all: COLUMNS,
  tabs: SOURCE_TABS,
  none: texts.none,
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
