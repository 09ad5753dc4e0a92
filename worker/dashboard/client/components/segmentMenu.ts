import { PAGE } from '../state/page'
import { hrefOf, onView } from '../state/view'
import { find } from './find'
import { h } from './h'

/** The menu of saved segments. */
export const segmentMenu = (): void => {
  const menu = document.querySelector('#segments')
  if (!menu) return
  const list = find('ul', menu)
  onView(({ segment }) =>
    list.replaceChildren(
      ...PAGE.segments.map(({ id, name }) =>
        h(
          'li',
          {},
          h('a', { href: hrefOf({ segment: id }), 'data-view': true, 'aria-current': id === segment && 'true' }, name),
        ),
      ),
    ),
  )
}
