import { settingsTexts } from '../../../texts/settings'
import { find } from '../../components/find'
import { h } from '../../components/h'
import { ApiError } from '../../state/apiError'
import { go, withOwn } from '../../state/view'

/** An entry of a list, a field of an entry, or the list of a funnel's steps. */
const below = (place: HTMLElement, index: string | undefined, part: string | undefined): HTMLElement | null => {
  if (index !== undefined)
    return place.querySelector<HTMLElement>(
      `:scope > li:nth-child(${Number(index) + 1}), :scope > ul > li:nth-child(${Number(index) + 1})`,
    )
  return part === 'steps'
    ? place.querySelector('ol')
    : (place.querySelector<HTMLElement>(`[data-part="${part}"]`) ??
        place.querySelector<HTMLElement>('[data-part="value"]'))
}

/** Finds the field of a form that the API calls by a name such as `settings.funnels[1].steps[0].event`. */
const fieldOf = (form: HTMLFormElement, name: string): HTMLElement | null => {
  const [, setting, rest = ''] = /^settings\.(\w+)(.*)$/.exec(name) ?? []
  const named = form.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`)
  if (setting === undefined || named) return named
  let place = form.querySelector<HTMLElement>(`[data-setting="${CSS.escape(setting)}"]`)
  for (const [, index, part] of rest.matchAll(/\[(\d+)\]|\.(\w+)/g))
    place = (place && below(place, index, part)) ?? place
  return place?.matches('li') ? place.querySelector<HTMLElement>('[data-part="value"]') : place
}

const FIRST_NAME = /"([^"]+)"/

/** Removes the messages of a form. */
export const clearProblem = (form: HTMLFormElement): void => {
  find('.problem', form).textContent = ''
  for (const message of form.querySelectorAll('.at-field')) message.remove()
  for (const field of form.querySelectorAll('[aria-invalid]')) {
    field.removeAttribute('aria-invalid')
    field.removeAttribute('aria-describedby')
  }
}

/** Shows a message beside a field and focuses it. */
export const showAt = (field: HTMLElement, message: string): void => {
  const tab = field.closest<HTMLElement>('[data-tab]')?.dataset.tab
  if (tab) go(withOwn({ tab }))
  const id = `${field.closest('section')?.id}-problem`
  field.setAttribute('aria-invalid', 'true')
  field.setAttribute('aria-describedby', id)
  field.closest('li, label, fieldset')?.appendChild(h('p', { class: 'wrong at-field', role: 'alert', id }, message))
  field.focus()
}

/** Shows an error beside the field that its message names, or else at the end of the form. */
export const showProblem = (form: HTMLFormElement, error: unknown): void => {
  if (!(error instanceof ApiError)) console.error(error)
  const message = error instanceof ApiError ? error.message : settingsTexts.form.problem
  const field = fieldOf(form, FIRST_NAME.exec(message)?.[1] ?? '')
  if (field) showAt(field, message)
  else find('.problem', form).textContent = message
}
