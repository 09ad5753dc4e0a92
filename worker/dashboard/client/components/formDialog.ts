import { clientFrameTexts } from '../../texts/clientFrame'
import { ApiError } from '../state/apiError'
import { h } from './h'

interface FormDialog {
  readonly title: string
  /** The text of the button that saves. */
  readonly action: string
  readonly fields: readonly HTMLElement[]
  /** @throws ApiError, whose message is shown */
  save(): Promise<void>
}

/** A form in a dialog, which stays open until saving succeeds. */
export const formDialog = ({ title, action, fields, save }: FormDialog): void => {
  const problem = h('p', { class: 'wrong', role: 'alert' })
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    try {
      await save()
      dialog.close()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      problem.textContent = error.message
    }
  }
  const dialog = h(
    'dialog',
    { 'aria-labelledby': 'dialog-title', onclose: () => dialog.remove() },
    h('h2', { id: 'dialog-title' }, title),
    h(
      'form',
      { class: 'form', onsubmit: event => void submit(event) },
      ...fields,
      problem,
      h('button', { type: 'submit' }, action),
      h('button', { type: 'button', class: 'quiet', onclick: () => dialog.close() }, clientFrameTexts.dialogs.cancel),
    ),
  )
  document.body.appendChild(dialog)
  dialog.showModal()
}
