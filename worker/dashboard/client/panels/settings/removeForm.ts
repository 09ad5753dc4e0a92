import { find } from '../../components/find'
import type { Mount } from '../../components/panel'
import { clearProblem, showProblem } from './problem'
import { send, sitePath } from './send'

/** Deletes a site after its name is typed. */
export const removeForm: Mount = section => {
  const form = find<HTMLFormElement>('form', section)
  const typed = find<HTMLInputElement>('[name=domain]', form)
  const button = find<HTMLButtonElement>('[type=submit]', form)
  const isMeant = (): boolean => typed.value === form.dataset.domain
  typed.addEventListener('input', () => {
    button.disabled = !isMeant()
  })
  form.addEventListener('submit', async event => {
    event.preventDefault()
    if (!isMeant()) return
    clearProblem(form)
    button.disabled = true
    try {
      await send('DELETE', sitePath())
      location.assign('/')
    } catch (error) {
      button.disabled = false
      showProblem(form, error)
    }
  })
}
