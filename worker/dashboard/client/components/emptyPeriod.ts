import { DEFAULT_VIEW, searchOf, type View } from '../../address'
import { ask } from '../state/ask'
import { hrefOf } from '../state/view'
import { h } from './h'

/** Leads to the installation if no page view has ever arrived, and to all time if some have. */
const nextStep = async ({ site }: View, link: HTMLAnchorElement): Promise<void> => {
  const { rows } = await ask({ site, metrics: ['pageviews'], period: 'all' })
  if (!rows[0]?.metrics.pageviews?.value) {
    link.href = `/tag${searchOf({ ...DEFAULT_VIEW, site })}`
    link.textContent = 'Check your installation'
  } else {
    link.href = hrefOf({ period: 'all' })
    link.setAttribute('data-view', '')
    link.textContent = 'Show all time'
  }
}

/** Explains a period without data. */
export const emptyPeriod = (view: View): HTMLElement => {
  if (view.filters.length > 0 || view.segment !== '')
    return h(
      'p',
      { class: 'state' },
      'No results for these filters. ',
      h('a', { href: hrefOf({ filters: [], segment: '' }), 'data-view': true }, 'Clear filters'),
    )
  const link = h('a')
  // If the request fails, the sentence has no link.
  nextStep(view, link).catch(() => undefined)
  return h('p', { class: 'state' }, 'No sessions in this period. ', link)
}
