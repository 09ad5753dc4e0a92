import type { Answer } from '../../../../shared/question'
import type { View } from '../../address'
import { type Breakdown, breakdownQuestion, FEW, panelTable, tabOf, totalQuestion } from '../../breakdown'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { breakdownCsv } from '../format/breakdownCsv'
import { hrefOf, withOwn } from '../state/view'
import { breakdownTabs } from './breakdownTabs'
import { countryMap } from './countryMap'
import { emptyState } from './emptyState'
import { find } from './find'
import { type Groups, groupRows, inOrder } from './groupRows'
import { h } from './h'
import type { Mount } from './panel'
import { queryPanel } from './queryPanel'
import { refill } from './refill'
import { sheet } from './sheet'
import { warnings } from './warnings'

const { empty, panels } = clientFrameTexts

const groupsIn = (breakdown: Breakdown, [answer, total]: readonly Answer[], view: View): Groups => {
  const shown = panelTable(breakdown, view)
  return {
    rows: inOrder(shown, answer?.rows ?? []).slice(0, FEW),
    total: total?.rows[0]?.metrics[shown.metrics[0]]?.value ?? null,
  }
}

const noteOf = (breakdown: Breakdown, [, total]: readonly Answer[], view: View): HTMLElement | null => {
  const value = total?.rows[0]?.metrics[panelTable(breakdown, view).metrics[0]]
  const note = value && breakdown.note?.(value)
  return note ? h('p', { class: 'note' }, note) : null
}

/** A panel with tabs of dimensions, the first groups of the open one, and a sheet with all of them. */
export const breakdownPanel = (breakdown: Breakdown): Mount => {
  const mount = queryPanel({
    questions: view => [
      breakdownQuestion(breakdown, view),
      totalQuestion(breakdown, panelTable(breakdown, view), view),
    ],
    draw: (body, answers, view) => {
      const groups = groupsIn(breakdown, answers, view)
      const tab = tabOf(breakdown, view)
      const shown = panelTable(breakdown, view)
      const all = { class: 'more', href: hrefOf(withOwn({ all: breakdown.id })), 'data-view': true }
      const content =
        groups.rows.length === 0
          ? [emptyState(breakdown.none ?? empty.period)]
          : [
              tab.isMap ? countryMap(shown, answers[0]?.rows ?? []) : null,
              groupRows(shown, groups),
              h('a', all, panels.viewAll),
            ]
      const tabs =
        breakdown.tabs.length > 1 &&
        breakdownTabs(
          breakdown,
          tab,
          fill(panels.by, { panel: find('h2', body.closest('section') ?? body).textContent }),
          one => !one.rare || one === tab,
        )
      refill(body, tabs, ...content, noteOf(breakdown, answers, view), ...warnings(answers[0]))
    },
    csv: (answers, view) => breakdownCsv(panelTable(breakdown, view), groupsIn(breakdown, answers, view)),
  })
  return section => {
    mount(section)
    sheet(breakdown, find('h2', section).textContent)
  }
}
