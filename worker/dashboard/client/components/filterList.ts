import type { ValueFilter } from '../../../../shared/question'
import { dimensionName } from '../../dimensionName'
import { OPERATOR_NAMES } from '../../operatorNames'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { LOCALE } from '../../texts/locale'
import { groupText } from '../format/groupText'
import { PAGE } from '../state/page'
import { hrefOf, onView, view } from '../state/view'
import { filterMenu } from './filterMenu'
import { find } from './find'
import { type Child, h } from './h'
import { refill } from './refill'

const { filters: texts } = clientFrameTexts

const OPPOSITE: Partial<Record<ValueFilter[0], ValueFilter[0]>> = {
  is: 'is_not',
  is_not: 'is',
  contains: 'does_not_contain',
  does_not_contain: 'contains',
}

const without = (filter: ValueFilter): readonly ValueFilter[] => view().filters.filter(one => one !== filter)

const flipped = (filter: ValueFilter): readonly ValueFilter[] =>
  view().filters.map(one => (one === filter ? [OPPOSITE[one[0]] ?? one[0], one[1], one[2]] : one))

const remover = (href: string, text: string): HTMLElement =>
  h('a', { class: 'remove', href, 'data-view': true, 'aria-label': fill(texts.remove, { filter: text }) }, '×')

const operatorLink = (filter: ValueFilter): Child => {
  const name = OPERATOR_NAMES[filter[0]]
  const opposite = OPPOSITE[filter[0]]
  if (!opposite) return name
  const title = fill(texts.flip, { operator: OPERATOR_NAMES[opposite] })
  return h('a', { href: hrefOf({ filters: flipped(filter) }), 'data-view': true, title }, name)
}

const chip = (filter: ValueFilter, edit: (filter: ValueFilter) => void): HTMLElement => {
  const [operator, dimension, values] = filter
  const what = new Intl.ListFormat(LOCALE, { type: 'disjunction' }).format(
    values.map(value => groupText(dimension, value)),
  )
  const text = fill(texts.text, {
    dimension: dimensionName(dimension),
    operator: OPERATOR_NAMES[operator],
    values: what,
  })
  return h(
    'li',
    { class: 'chip' },
    h('span', { class: 'what' }, `${dimensionName(dimension)} `),
    operatorLink(filter),
    h(
      'button',
      {
        type: 'button',
        class: 'quiet',
        'aria-label': fill(texts.edit, { filter: text }),
        title: what,
        onclick: () => edit(filter),
      },
      h('bdi', {}, what),
    ),
    remover(hrefOf({ filters: without(filter) }), text),
  )
}

const segmentChip = (id: string): HTMLElement => {
  const name = PAGE.segments.find(segment => segment.id === id)?.name ?? id
  return h(
    'li',
    { class: 'chip' },
    h('span', { class: 'what' }, `${texts.segment} `),
    h('bdi', {}, name),
    remover(hrefOf({ segment: '' }), fill(texts.segmentNamed, { name })),
  )
}

const saver = (): HTMLElement => {
  const save = async (): Promise<void> => (await import('./saveSegment')).saveSegment()
  return h('li', {}, h('button', { type: 'button', class: 'quiet', onclick: () => void save() }, texts.save))
}

const clearer = (): HTMLElement =>
  h('li', {}, h('a', { href: hrefOf({ filters: [], segment: '' }), 'data-view': true }, texts.clear))

/** Lists the active filters, each with links to negate, edit and remove it. */
export const filterList = (): void => {
  const list = find('#filters')
  const edit = filterMenu()
  onView(({ filters, segment }) => {
    const hadFocus = list.contains(document.activeElement)
    const isEmpty = filters.length === 0 && segment === ''
    refill(
      list,
      segment !== '' && segmentChip(segment),
      ...filters.map(filter => chip(filter, edit)),
      !isEmpty && clearer(),
      filters.length > 0 && PAGE.rights.edit && saver(),
    )
    list.hidden = isEmpty
    // The link that had the focus no longer exists: focus the next filter, or else the content.
    if (hadFocus && !list.contains(document.activeElement)) (list.querySelector('a') ?? find('#main')).focus()
  })
}
