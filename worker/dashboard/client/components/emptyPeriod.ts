import { DEFAULT_VIEW, searchOf, type View } from '../../address'
import { hrefOf } from '../state/view'
import { h } from './h'

/** Nothing was recorded in a period: what may be the reason. */
export const emptyPeriod = ({ site, filters }: View): HTMLElement =>
  h(
    'p',
    { class: 'state' },
    ...(filters.length > 0
      ? [
          'No results for these filters. ',
          h('a', { href: hrefOf({ filters: [] }), 'data-view': true }, 'Clear filters'),
        ]
      : [
          'No sessions in this period. ',
          h('a', { href: `/tag${searchOf({ ...DEFAULT_VIEW, site })}` }, 'Check your installation'),
        ]),
  )
