import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { copyText } from './copyText'
import { type Child, h } from './h'

/** An address breaks after slashes, before it breaks within a word. */
const withBreaks = (code: string): readonly Child[] =>
  code.startsWith('http') ? code.split(/(?<=\w\/)/).flatMap(part => [part, h('wbr')]) : [code]

const { copying } = clientFrameTexts

/**
 * Code with a button that copies it.
 * @param what names the code for screen readers
 */
export const copyLine = (code: string, what: string): HTMLElement => {
  const shown = h('code', {}, ...withBreaks(code))
  const button = h('button', { type: 'button', 'aria-label': fill(copying.label, { what }) }, copying.action)
  button.addEventListener('click', () => void copyText(code, shown))
  return h('div', { class: 'copy' }, h('pre', {}, shown), button)
}
