import { clientFrameTexts } from '../../texts/clientFrame'
import { ApiError } from '../state/apiError'
import { h } from './h'

const { errors } = clientFrameTexts

/** The message of an error, with a button that tries again. */
export const errorState = (error: unknown, again: () => void): HTMLElement => {
  if (!(error instanceof ApiError)) console.error(error)
  const message = error instanceof ApiError ? error.message : errors.failed
  return h(
    'div',
    { class: 'state wrong', role: 'alert' },
    h('p', {}, message),
    h('button', { type: 'button', onclick: again }, errors.tryAgain),
  )
}
