import type { ChangeMetric, ChangesAnswer, ClearChange } from '../../../../shared/changes'
import { periodText, type View } from '../../address'
import { dimensionName } from '../../dimensionName'
import { about } from '../../questions'
import { fill } from '../../texts/fill'
import { overviewTexts } from '../../texts/overview'
import { emptyState } from '../components/emptyState'
import { h } from '../components/h'
import { panel } from '../components/panel'
import { refill } from '../components/refill'
import { groupText } from '../format/groupText'
import { percent } from '../format/number'
import { valueText } from '../format/valueText'
import { call } from '../state/call'
import { filteredTo } from '../state/filteredTo'
import { PAGE } from '../state/page'
import { hrefOf, withOwn } from '../state/view'

const { moved: texts } = overviewTexts

const DIFFERENCES = {
  visitors: texts.visitors,
  conversions: texts.conversions,
  goal_conversions: texts.goal_conversions,
  revenue: texts.revenue,
} as const satisfies Readonly<Record<ChangeMetric, unknown>>

const MOST = 12

const isAsked = ({ own, compare }: View): boolean => own.moved === 'on' && compare !== null

const differenceText = ({ metric, difference, currency }: ClearChange): string => {
  const unit = metric === 'revenue' ? 'currency' : 'count'
  const sign = difference < 0 ? '−' : '+'
  return fill(DIFFERENCES[metric], { difference: `${sign}${valueText({ unit }, Math.abs(difference), currency)}` })
}

const changeItem = (change: ClearChange): HTMLElement => {
  const { dimension, group, verdict } = change
  const share = change.change === null ? '' : ` (${percent(change.change, { signDisplay: 'exceptZero' })})`
  // The dashboard has no filter by goal.
  const isGoal = dimension === 'goal'
  const href = isGoal
    ? `/goals?${new URLSearchParams({ site: PAGE.site?.domain ?? '' })}`
    : hrefOf({ filters: filteredTo(dimension, group), ...withOwn({ moved: null }) })
  return h(
    'li',
    { class: verdict === 'up' ? 'better' : 'worse' },
    h('span', { 'aria-hidden': 'true' }, verdict === 'up' ? '▲ ' : '▼ '),
    h('span', { class: 'kind' }, `${dimensionName(dimension)} `),
    h('a', { href, 'data-view': !isGoal }, h('bdi', {}, groupText(dimension, group))),
    ` ${differenceText(change)}${share}`,
  )
}

const contentOf = ({ changes, tested }: ChangesAnswer): HTMLElement[] =>
  changes.length === 0
    ? [emptyState(fill(texts.none, { count: tested }))]
    : [
        h('ul', { class: 'moved', 'aria-label': texts.list }, ...changes.slice(0, MOST).map(changeItem)),
        h('p', { class: 'note' }, texts.note),
      ]

const searchOf = (view: View): URLSearchParams => {
  const { compare, filters } = about(view)
  return new URLSearchParams({
    period: periodText(view.period),
    ...(compare && { compare: typeof compare === 'string' ? compare : periodText(compare) }),
    ...(filters.length > 0 && { filters: JSON.stringify(filters) }),
  })
}

/**
 * The groups with a significant change. They load on request, because they take more queries than the rest of the page.
 */
export const moved = panel<ChangesAnswer | null>({
  key: view => (isAsked(view) ? `${view.site}?${searchOf(view)}` : ''),
  load: async (view, signal) => {
    if (!isAsked(view)) return null
    const path = `/api/v1/sites/${encodeURIComponent(view.site)}/changes?${searchOf(view)}`
    return (await call(path, { signal })).json() as Promise<ChangesAnswer>
  },
  draw: (body, answer, view) => {
    const ask = h('a', { href: hrefOf(withOwn({ moved: 'on' })), 'data-view': true }, texts.ask)
    if (view.compare === null) refill(body, emptyState(texts.noComparison))
    else refill(body, ...(answer ? contentOf(answer) : [ask]))
  },
})
