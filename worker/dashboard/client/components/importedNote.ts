import type { Answer } from '../../../../shared/question'
import { LOCALE } from '../../texts/locale'
import { h } from './h'

/** Says which days another tool counted, if there are any. */
export const importedNote = ({ meta: { imported } }: Answer): HTMLElement | null => {
  if (!imported) return null
  const format = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' })
  const days = format.formatRange(new Date(imported.from), new Date(imported.to))
  const from = imported.source ? ` from ${imported.source}` : ''
  return h('p', { class: 'note' }, `Days within ${days} were imported${from}.`)
}
