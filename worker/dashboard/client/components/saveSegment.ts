import type { Filter } from '../../../../shared/question'
import type { SavedSegment } from '../../../../shared/settings'
import { ApiError } from '../state/apiError'
import { call } from '../state/call'
import { hrefOf, view } from '../state/view'
import { h } from './h'

/** An id like "from-sweden", which no other segment has. */
const idOf = (name: string, taken: readonly string[]): string => {
  const id =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
      .slice(0, 50) || 'segment'
  const free = [id, ...taken.map((_, at) => `${id}-${at + 2}`)].find(one => !taken.includes(one))
  return free ?? id
}

/** Saves the filters of the view, those of its segment included, and returns the new segment's id. */
const save = async (name: string): Promise<string> => {
  const { site, filters, segment } = view()
  const path = `/api/v1/sites/${encodeURIComponent(site)}`
  const { settings } = (await (await call(path)).json()) as { settings: { segments: readonly SavedSegment[] } }
  const { segments } = settings
  const included = segments.find(({ id }) => id === segment)?.filters ?? []
  const added: SavedSegment = {
    id: idOf(
      name,
      segments.map(({ id }) => id),
    ),
    name,
    filters: [...(included as readonly Filter[]), ...filters],
  }
  await call(path, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ settings: { segments: [...segments, added] } }),
  })
  return added.id
}

/** Asks for a name and saves the filters of the view as a segment, which the page then shows. */
export const saveSegment = (): void => {
  const name = h('input', { name: 'name', required: true, maxlength: 200, autocomplete: 'off' })
  const problem = h('p', { class: 'wrong', role: 'alert' })
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    try {
      const segment = await save(name.value.trim())
      location.assign(hrefOf({ filters: [], segment }))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      problem.textContent = error.message
    }
  }
  const dialog = h(
    'dialog',
    { 'aria-labelledby': 'save-segment', onclose: () => dialog.remove() },
    h('h2', { id: 'save-segment' }, 'Save as segment'),
    h(
      'form',
      { class: 'form', onsubmit: event => void submit(event) },
      h('label', {}, h('span', {}, 'Name'), name),
      problem,
      h('button', { type: 'submit' }, 'Save segment'),
      h('button', { type: 'button', class: 'quiet', onclick: () => dialog.close() }, 'Cancel'),
    ),
  )
  document.body.appendChild(dialog)
  dialog.showModal()
}
