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

/** A site's script tag, and whether it works. */
export const tag = {
  id: 'tag',
  title: 'Installation',
  path: '/tag',
  controls: false,
  listed: false,
  metrics: [],
  panels: [
    { id: 'paste', title: 'Install the script', lead: 'Add it to the <head> of every page.', Body: Tag },
    { id: 'first-view', title: 'Verify installation' },
  ],
} as const satisfies Page
