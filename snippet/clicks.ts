import { recordLink } from './links'
import { listen } from './listen'
import { recordMarks } from './marks'
import { view } from './page-view'

// Only clicks of a person count, a double click as one. Elements that the keyboard can reach are interactive. A click on a
// label is followed by one on its field.
listen<MouseEvent>('click', event => {
  if (event.isTrusted && event.detail < 2) {
    let interactive!: number
    for (let node = event.target as HTMLElement | null; node; node = node.parentElement) {
      interactive |= (node.tabIndex >= 0) as unknown as number
      recordLink(node as HTMLAnchorElement)
      recordMarks(node)
    }
    view.c += interactive
  }
})
