import { listen } from './listen'
import { recordMarks } from './marks'
import { footfall, view } from './page-view'
import { tag } from './tag'

type Target = HTMLAnchorElement & HTMLFormElement & HTMLButtonElement

// Only a person's clicks count. A double click is one click, but sends its event twice: two taps on "+1" mean 2. Elements that the
// keyboard can reach are interactive. A click on a label is followed by one on its field. The path leads out of shadow roots.
// For a click of a script the loop throws, which `listen` ignores.
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: fewer bytes than two functions
listen<MouseEvent>('click', (event, interactive = 0) => {
  for (const node of (event.isTrusted && event.composedPath()) as Target[])
    if (node.dataset) {
      if (event.detail < 2) {
        interactive |= (node.tabIndex >= 0) as unknown as number
        // Links to files and to other sites. Only a link to a host has a `hostname`.
        footfall(
          (node.hostname &&
            ((node.attributes as unknown as { download?: Attr }).download ||
            /\.(csv|pdf|zip|mp[34]|(doc|ppt|xls)x?)$/i.test(node.pathname)
              ? 'file_download'
              : !(node.hostname === location.hostname || node.hostname.endsWith(tag.site as string)) &&
                'outbound_click')) as string,
          { link_url: node.origin + node.pathname },
        )
      }
      // Forms, which alone have an action, and their submit buttons count when the form is submitted.
      if (!(node.action || (node.form && node.type === 'submit'))) recordMarks(node)
    }
  view.c += interactive
})

// Browsers submit only forms that are valid.
listen<SubmitEvent>('submit', event =>
  recordMarks(event.submitter as HTMLElement, recordMarks(event.target as HTMLElement) as undefined),
)
