import type { Filter } from '../../../../shared/question'
import type { SavedSegment } from '../../../../shared/settings'
import { clientFrameTexts } from '../../texts/clientFrame'
import { call } from '../state/call'
import { hrefOf, view } from '../state/view'
import { formDialog } from './formDialog'
import { h } from './h'

const { filters: texts } = clientFrameTexts

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
  formDialog({
    title: texts.save,
    action: texts.confirmSave,
    fields: [h('label', {}, h('span', {}, texts.name), name)],
    save: async () => location.assign(hrefOf({ filters: [], segment: await save(name.value.trim()) })),
  })
}
