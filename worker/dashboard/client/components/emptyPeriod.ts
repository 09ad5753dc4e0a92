import { DEFAULT_VIEW, searchOf, type View } from '../../address'
import { h } from './h'

/** Nothing was recorded in a period: what may be the reason. */
export const emptyPeriod = ({ site, filters }: View): HTMLElement =>
  h(
    'p',
    { class: 'state' },
    filters.length > 0
      ? 'Nothing fits these filters in this period; take one away or choose a longer period. '
      : 'Nothing was recorded in this period; choose a longer one, or ',
    filters.length === 0 &&
      h('a', { href: `/tag${searchOf({ ...DEFAULT_VIEW, site })}` }, 'see whether the tag is in place'),
    filters.length === 0 && '.',
  )
