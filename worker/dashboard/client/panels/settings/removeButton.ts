import { announce } from '../../components/announce'
import { errorState } from '../../components/errorState'
import { h } from '../../components/h'
import { send } from './send'

/**
 * Asks for a second click, because what was removed does not come back.
 * @param what names what is removed, such as `key Spreadsheet`
 * @param path its address in the API
 */
export const removeButton = (what: string, path: string, reload: () => void): HTMLElement => {
  const button = h('button', { type: 'button', 'aria-label': `Remove ${what}` }, 'Remove')
  let isConfirming = false
  button.addEventListener('click', async () => {
    if (!isConfirming) {
      isConfirming = true
      button.textContent = 'Confirm removal'
      button.setAttribute('aria-label', `Confirm removal of ${what}`)
      return
    }
    try {
      await send('DELETE', path)
      announce(`Removed ${what}.`)
      reload()
    } catch (error) {
      button.replaceWith(errorState(error, reload))
    }
  })
  return button
}
