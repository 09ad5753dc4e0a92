import { type Breakdown, type Tab, tabName } from '../../breakdown'
import { hrefOf, withOwn } from '../state/view'
import { h } from './h'

/** Links to the tabs of a breakdown. */
export const breakdownTabs = (
  { id, tabs }: Breakdown,
  shown: Tab,
  label: string,
  which: (tab: Tab) => boolean,
): HTMLElement =>
  h(
    'ul',
    { class: 'tabs', 'aria-label': label },
    ...tabs.filter(which).map(tab => {
      const href = hrefOf(withOwn({ [id]: tabName(tab), by: null, rows: null, find: null, sort: null, columns: null }))
      return h('li', {}, h('a', { href, 'data-view': true, 'aria-current': tab === shown && 'true' }, tab.title))
    }),
  )
