import type { FC } from 'hono/jsx'
import { scriptTag } from '../../../shared/scriptTag'
import type { Page, PageProps } from '../page'

const Tag: FC<PageProps> = ({ site, origin }) => (
  <div class="tag">
    <textarea id="script-tag" readonly rows={3} spellcheck={false} aria-label="Script tag">
      {scriptTag(origin, site?.domain ?? '')}
    </textarea>
    <button type="button" id="copy-tag">
      Copy
    </button>
  </div>
)

/** A site's tag, and whether anything has come from it. */
export const tag = {
  id: 'tag',
  title: 'Script tag',
  path: '/tag',
  controls: false,
  listed: false,
  metrics: [],
  panels: [
    { id: 'paste', title: 'Paste this', lead: 'Into the <head> of every page of the site.', Body: Tag },
    { id: 'first-view', title: 'Does it work?' },
  ],
} as const satisfies Page
