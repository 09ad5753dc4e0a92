import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { copyText } from './copyText'
import { h } from './h'

const { copying } = clientFrameTexts

/**
 * Code with a button that copies it.
 * @param what names the code for screen readers
 */
export const copyLine = (code: string, what: string): HTMLElement => {
  const shown = h('code', {}, code)
  const button = h('button', { type: 'button', 'aria-label': fill(copying.label, { what }) }, copying.action)
  button.addEventListener('click', () => void copyText(code, shown))
  return h('div', { class: 'copy' }, h('pre', {}, shown), button)
}
