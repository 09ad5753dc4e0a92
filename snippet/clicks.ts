import { recordLink } from './links'
import { listen } from './listen'
import { recordMarks } from './marks'
import { view } from './page-view'

// A click is a person's, and a double click is one. What the keyboard can reach is interactive; the click on a label is
// followed by one on its field.
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
