import type { ValueFilter } from '../../../../shared/question'
import { dimensionName } from '../format/dimensionName'
import { groupText } from '../format/groupText'
import { hrefOf, onView, view } from '../state/view'
import { find } from './find'
import { h } from './h'
import { refill } from './refill'

const VERBS: Readonly<Record<ValueFilter[0], string>> = {
  is: 'is',
  is_not: 'is not',
  contains: 'contains',
  does_not_contain: 'does not contain',
  matches: 'matches',
}

const OPPOSITE: Partial<Record<ValueFilter[0], ValueFilter[0]>> = {
  is: 'is_not',
  is_not: 'is',
  contains: 'does_not_contain',
  does_not_contain: 'contains',
}

const without = (filter: ValueFilter): readonly ValueFilter[] => view().filters.filter(one => one !== filter)

const flipped = (filter: ValueFilter): readonly ValueFilter[] =>
  view().filters.map(one => (one === filter ? [OPPOSITE[one[0]] ?? one[0], one[1], one[2]] : one))

const chip = (filter: ValueFilter): HTMLElement => {
  const [operator, dimension, values] = filter
  const what = values.map(value => groupText(dimension, value)).join(' or ')
  const text = `${dimensionName(dimension)} ${VERBS[operator]} ${what}`
  const opposite = OPPOSITE[operator]
  return h(
    'li',
    { class: 'chip' },
    h('span', { class: 'what' }, `${dimensionName(dimension)} `),
    opposite
      ? h(
          'a',
          { href: hrefOf({ filters: flipped(filter) }), 'data-view': true, title: `Change to “${VERBS[opposite]}”` },
          VERBS[operator],
        )
      : VERBS[operator],
    h('bdi', { title: what }, what),
    h('a', { href: hrefOf({ filters: without(filter) }), 'data-view': true, 'aria-label': `Remove: ${text}` }, '×'),
  )
}

/** Lists the active filters, each with links to negate and remove it. */
export const filterList = (): void => {
  const list = find('#filters')
  onView(({ filters }) => {
    const hadFocus = list.contains(document.activeElement)
    refill(list, ...filters.map(chip))
    list.hidden = filters.length === 0
    // The link that had the focus no longer exists: focus the next filter, or else the content.
    if (hadFocus && !list.contains(document.activeElement)) (list.querySelector('a') ?? find('#main')).focus()
  })
}
