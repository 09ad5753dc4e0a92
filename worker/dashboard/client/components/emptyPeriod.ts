import { DEFAULT_VIEW, searchOf, type View } from '../../address'
import { clientFrameTexts } from '../../texts/clientFrame'
import { ask } from '../state/ask'
import { hrefOf } from '../state/view'
import { h } from './h'

const { empty } = clientFrameTexts

/** Leads to the installation if no page view has ever arrived, and to all time if some have. */
const nextStep = async ({ site }: View, link: HTMLAnchorElement): Promise<void> => {
  const { rows } = await ask({ site, metrics: ['pageviews'], period: 'all' })
  if (!rows[0]?.metrics.pageviews?.value) {
    link.href = `/tag${searchOf({ ...DEFAULT_VIEW, site })}`
    link.textContent = empty.checkInstallation
  } else {
    link.href = hrefOf({ period: 'all' })
    link.setAttribute('data-view', '')
    link.textContent = empty.showAllTime
  }
}

/** Explains a period without data. */
export const emptyPeriod = (view: View): HTMLElement => {
  if (view.filters.length > 0 || view.segment !== '')
    return h(
      'p',
      { class: 'state' },
      `${empty.results} `,
      h('a', { href: hrefOf({ filters: [], segment: '' }), 'data-view': true }, empty.clearFilters),
    )
  const link = h('a')
  // If the request fails, the sentence has no link.
  nextStep(view, link).catch(() => undefined)
  return h('p', { class: 'state' }, `${empty.sessions} `, link)
}
