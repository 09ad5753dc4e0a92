import type { FC } from 'hono/jsx'
import type { PageProps } from './page'
import { useTexts } from './texts/useTexts'

const Pages: FC<Pick<PageProps, 'pages'>> = ({ pages }) => (
  <fieldset class="checks whole">
    <legend>Pages</legend>
    {pages
      .filter(({ share }) => share !== undefined)
      .map(({ id, texts, share }) => (
        <label class="check">
          <input type="checkbox" name="pages" value={id} checked data-unfiltered={share === 'unfiltered'} />
          <span>{useTexts(texts).title}</span>
        </label>
      ))}
  </fieldset>
)

/** Makes links that show pages of a site without signing in. */
export const ShareForm: FC<PageProps> = ({ rights, site, pages }) =>
  rights.own && site ? (
    <form class="form keys">
      <label>
        <span>Name</span>
        <input name="name" required autocomplete="off" maxlength={200} placeholder="Client" />
      </label>
      <Pages pages={pages} />
      <label>
        <span>Traffic</span>
        <select name="segment" aria-describedby="segment-hint">
          <option value="">All traffic</option>
          {site.settings.segments.map(({ id, name }) => (
            <option value={id}>{name}</option>
          ))}
        </select>
      </label>
      <p class="hint" id="segment-hint">
        With a segment, viewers see only its traffic, and only pages that can be filtered. To make a segment, save
        filters on any stats page.
      </p>
      <label>
        <span>Password (optional)</span>
        <input type="password" name="password" autocomplete="new-password" minlength={8} maxlength={200} />
      </label>
      <label>
        <span>Last day (optional)</span>
        <input type="date" name="expires" />
      </label>
      <label>
        <span>Websites that may embed it (optional)</span>
        <input
          name="embed_hosts"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          placeholder="client.example, www.client.example"
        />
      </label>
      <p class="problem wrong" role="alert" />
      <button type="submit">Create link</button>
      <div data-link />
    </form>
  ) : null
