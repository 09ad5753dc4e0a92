import type { Answer } from '../../../../shared/question'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { LOCALE } from '../../texts/locale'
import { h } from './h'

const { charts } = clientFrameTexts

/** Says which days another tool counted, if there are any. */
export const importedNote = ({ meta: { imported } }: Answer): HTMLElement | null => {
  if (!imported) return null
  const format = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' })
  const days = format.formatRange(new Date(imported.from), new Date(imported.to))
  const text = imported.source
    ? fill(charts.importedFrom, { days, source: imported.source })
    : fill(charts.imported, { days })
  return h('p', { class: 'note' }, text)
}
