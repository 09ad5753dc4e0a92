import { DEFAULT_VIEW, searchOf, type View } from '../../address'
import { hrefOf } from '../state/view'
import { h } from './h'

/** Explains a period without data. */
export const emptyPeriod = ({ site, filters, segment }: View): HTMLElement =>
  h(
    'p',
    { class: 'state' },
    ...(filters.length > 0 || segment !== ''
      ? [
          'No results for these filters. ',
          h('a', { href: hrefOf({ filters: [], segment: '' }), 'data-view': true }, 'Clear filters'),
        ]
      : [
          'No sessions in this period. ',
          h('a', { href: `/tag${searchOf({ ...DEFAULT_VIEW, site })}` }, 'Check your installation'),
        ]),
  )
