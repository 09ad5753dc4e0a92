import { clientFrameTexts } from '../../texts/clientFrame'
import { call } from '../state/call'
import { view } from '../state/view'
import { formDialog } from './formDialog'
import { h } from './h'

const { annotations } = clientFrameTexts

const send = async (method: 'POST' | 'DELETE', day: string, text: string): Promise<void> => {
  await call(`/api/v1/sites/${encodeURIComponent(view().site)}/annotations`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ day, text }),
  })
  location.reload()
}

/** Opens a dialog to add an annotation, then reloads the page. */
export const annotate = (day: string): void => {
  const date = h('input', { type: 'date', required: true, value: day })
  const text = h('input', { required: true, maxlength: 200, autocomplete: 'off', placeholder: annotations.example })
  formDialog({
    title: annotations.add,
    action: annotations.confirm,
    fields: [
      h('label', {}, h('span', {}, annotations.date), date),
      h('label', {}, h('span', {}, annotations.note), text),
    ],
    save: () => send('POST', date.value, text.value.trim()),
  })
  text.focus()
}

/** Removes an annotation, then reloads the page. */
export const removeAnnotation = (day: string, text: string): Promise<void> => send('DELETE', day, text)
