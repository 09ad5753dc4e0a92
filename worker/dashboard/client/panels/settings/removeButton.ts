import { fill } from '../../../texts/fill'
import { settingsTexts } from '../../../texts/settings'
import { announce } from '../../components/announce'
import { errorState } from '../../components/errorState'
import { h } from '../../components/h'
import { send } from './send'

const texts = settingsTexts.removal

/**
 * Asks for a second click, because what was removed does not come back.
 * @param what names what is removed, such as `key Spreadsheet`
 * @param path its address in the API
 */
export const removeButton = (what: string, path: string, reload: () => void): HTMLElement => {
  const button = h('button', { type: 'button', 'aria-label': fill(texts.removeOf, { what }) }, texts.remove)
  let isConfirming = false
  button.addEventListener('click', async () => {
    if (!isConfirming) {
      isConfirming = true
      button.textContent = texts.confirm
      button.setAttribute('aria-label', fill(texts.confirmOf, { what }))
      return
    }
    try {
      await send('DELETE', path)
      announce(fill(texts.removed, { what }))
      reload()
    } catch (error) {
      button.replaceWith(errorState(error, reload))
    }
  })
  return button
}
