import { copyText } from './copyText'
import { h } from './h'

/**
 * Code with a button that copies it.
 * @param what names the code for screen readers
 */
export const copyLine = (code: string, what: string): HTMLElement => {
  const shown = h('code', {}, code)
  const button = h('button', { type: 'button', 'aria-label': `Copy ${what}` }, 'Copy')
  button.addEventListener('click', () => void copyText(code, shown))
  return h('div', { class: 'copy' }, h('pre', {}, shown), button)
}
