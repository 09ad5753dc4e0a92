import type { Answer } from '../../../../shared/question'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { LOCALE } from '../../texts/locale'
import { PAGE } from '../state/page'
import { h } from './h'

/** Says in which times nothing could be stored, in the site's time zone, if there are any. */
export const incompleteNote = ({ meta: { incomplete = [] } }: Answer): HTMLElement | null => {
  if (incomplete.length === 0) return null
  const format = new Intl.DateTimeFormat(LOCALE, {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: PAGE.site?.timezone,
  })
  const spans = incomplete.map(({ from, to }) => format.formatRange(new Date(from), new Date(to)))
  return h('p', { class: 'note' }, fill(clientFrameTexts.charts.incomplete, { times: spans.join(', ') }))
}
