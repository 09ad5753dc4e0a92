import type { FC } from 'hono/jsx'
import { PLATFORMS } from '../../../shared/platforms'
import { scriptTag } from '../../../shared/scriptTag'
import type { Page, PageProps } from '../page'
import { tagTexts } from '../texts/tag'
import { useTexts } from '../texts/useTexts'

const Tag: FC<PageProps> = ({ site, origin, paths, rights }) => {
  const { paste } = useTexts(tagTexts)
  return (
    <>
      <div class="platform">
        <label>
          <span>{paste.platform}</span>
          <select id="platform" autocomplete="off">
            {PLATFORMS.map(({ id, name }) => (
              <option value={id}>{name}</option>
            ))}
          </select>
        </label>
        {rights.edit && (
          <button type="button" id="detect">
            {paste.detect}
          </button>
        )}
        <p id="detected" role="status" />
      </div>
      <ol id="steps" class="steps">
        {PLATFORMS[0].steps.map(step => (
          <li>{step}</li>
        ))}
      </ol>
      <div class="tag">
        <textarea id="script-tag" readonly rows={3} spellcheck={false} aria-label={paste.scriptTag}>
          {scriptTag(`${origin}${paths.script}`, site?.domain ?? '')}
        </textarea>
        <button type="button" id="copy-tag">
          {paste.copy}
        </button>
      </div>
      <p id="guide" class="guide" />
    </>
  )
}

/** A site's script tag, and whether it works. */
export const tag = {
  id: 'tag',
  texts: tagTexts,
  path: '/tag',
  controls: false,
  listed: false,
  metrics: [],
  panels: [{ id: 'paste', Body: Tag }, { id: 'first-view' }],
} as const satisfies Page
