import { ApiError } from '../state/apiError'
import { h } from './h'

/** The message of an error, with a button that tries again. */
export const errorState = (error: unknown, again: () => void): HTMLElement => {
  if (!(error instanceof ApiError)) console.error(error)
  const message = error instanceof ApiError ? error.message : 'Something went wrong. Reload the page.'
  return h(
    'div',
    { class: 'state wrong', role: 'alert' },
    h('p', {}, message),
    h('button', { type: 'button', onclick: again }, 'Try again'),
  )
}
