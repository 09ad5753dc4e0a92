import { h, say } from './dom'

/** Copies a text; where the browser does not let a page do that, selects it to be copied by hand. */
export const copy = async (text: string, shown: Node): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
    say('Copied.')
  } catch {
    getSelection()?.selectAllChildren(shown)
    say('Selected; copy it with the keyboard.')
  }
}

/**
 * Code with a button that copies it.
 * @param what it is, for who does not see where the button stands
 */
export const copyLine = (code: string, what: string): HTMLElement => {
  const shown = h('code', {}, code)
  const button = h('button', { type: 'button', 'aria-label': `Copy ${what}` }, 'Copy')
  button.addEventListener('click', () => void copy(code, shown))
  return h('div', { class: 'copy' }, h('pre', {}, shown), button)
}
