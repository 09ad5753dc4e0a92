import { find } from '../../components/find'
import { h } from '../../components/h'
import { ApiError } from '../../state/apiError'

/** Where in a form something is that the API calls by its name, such as `settings.conversions[1].event`. */
const placeOf = (form: HTMLFormElement, name: string): HTMLElement | null => {
  const [, setting, index, part] = /^settings\.(\w+)(?:\[(\d+)\](?:\.(\w+))?)?/.exec(name) ?? []
  const named = form.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`)
  if (setting === undefined || named) return named
  const fieldset = form.querySelector<HTMLElement>(`[data-setting="${CSS.escape(setting)}"]`)
  const row = fieldset?.querySelectorAll<HTMLElement>('li')[Number(index ?? 0)]
  return row?.querySelector<HTMLElement>(`[data-part="${part ?? 'value'}"], [data-part="value"]`) ?? fieldset ?? null
}

const FIRST_NAME = /"([^"]+)"/

/** Takes back what was said of a form. */
export const clearProblem = (form: HTMLFormElement): void => {
  find('.problem', form).textContent = ''
  for (const said of form.querySelectorAll('.at-field')) said.remove()
  for (const field of form.querySelectorAll('[aria-invalid]')) {
    field.removeAttribute('aria-invalid')
    field.removeAttribute('aria-describedby')
  }
}

/** Says what is wrong with a field beside it, and gives it the focus. */
export const showAt = (place: HTMLElement, message: string): void => {
  const id = `${place.closest('section')?.id}-problem`
  place.setAttribute('aria-invalid', 'true')
  place.setAttribute('aria-describedby', id)
  place.closest('li, label, fieldset')?.appendChild(h('p', { class: 'wrong at-field', role: 'alert', id }, message))
  place.focus()
}

/** Says what the API refused beside the field that it names, which gets the focus; else at the form's end. */
export const showProblem = (form: HTMLFormElement, error: unknown): void => {
  if (!(error instanceof ApiError)) console.error(error)
  const message = error instanceof ApiError ? error.message : 'Something went wrong. Reload the page and try again.'
  const place = placeOf(form, FIRST_NAME.exec(message)?.[1] ?? '')
  if (place) showAt(place, message)
  else find('.problem', form).textContent = message
}
