import { recordLink } from './links'
import { listen } from './listen'
import { recordMarks } from './marks'
import { view } from './page-view'

type Target = HTMLAnchorElement & HTMLFormElement & HTMLButtonElement

// Only clicks of a person count, a double click as one, but its marks twice: who taps "+1" twice means two. Elements that the
// keyboard can reach are interactive. A click on a label is followed by one on its field. The path leads out of shadow roots.
listen<MouseEvent>('click', event => {
  let interactive = 0
  for (const node of (event.isTrusted && event.composedPath()) as Target[])
    if (node.dataset) {
      if (event.detail < 2) {
        interactive |= (node.tabIndex >= 0) as unknown as number
        recordLink(node)
      }
      // Forms, which alone have an action, and what submits them count when they are submitted.
      if (!(node.action || (node.form && node.type === 'submit'))) recordMarks(node)
    }
  view.c += interactive
})

// Browsers submit only forms that are valid.
listen<SubmitEvent>('submit', event =>
  recordMarks(event.submitter as HTMLElement, recordMarks(event.target as HTMLElement) as undefined),
)
