import { announce } from '../components/announce'
import { find } from '../components/find'
import type { Mount } from '../components/panel'

export const paste: Mount = section => {
  const tag = find<HTMLTextAreaElement>('#script-tag', section)
  find('#copy-tag', section).addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(tag.value)
      announce('Copied.')
    } catch {
      // Browsers do not allow it without TLS. The selected text can be copied by hand.
      tag.select()
      announce('Selected. Copy it with your keyboard.')
    }
  })
}
