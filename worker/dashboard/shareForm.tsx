import type { FC } from 'hono/jsx'
import type { PageProps } from './page'
import { settingsTexts } from './texts/settings'
import { useTexts } from './texts/useTexts'

const Pages: FC<Pick<PageProps, 'pages'>> = ({ pages }) => (
  <fieldset class="checks whole">
    <legend>{useTexts(settingsTexts).sharing.pages}</legend>
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
export const ShareForm: FC<PageProps> = ({ rights, site, pages }) => {
  const { sharing } = useTexts(settingsTexts)
  return rights.own && site ? (
    <form class="form keys">
      <label>
        <span>{sharing.name}</span>
        <input name="name" required autocomplete="off" maxlength={200} placeholder={sharing.nameExample} />
      </label>
      <Pages pages={pages} />
      <label>
        <span>{sharing.traffic}</span>
        <select name="segment" aria-describedby="segment-hint">
          <option value="">{sharing.allTraffic}</option>
          {site.settings.segments.map(({ id, name }) => (
            <option value={id}>{name}</option>
          ))}
        </select>
      </label>
      <p class="hint" id="segment-hint">
        {sharing.segmentHint}
      </p>
      <label>
        <span>{sharing.password}</span>
        <input type="password" name="password" autocomplete="new-password" minlength={8} maxlength={200} />
      </label>
      <label>
        <span>{sharing.lastDay}</span>
        <input type="date" name="expires" />
      </label>
      <label>
        <span>{sharing.hosts}</span>
        <input
          name="embed_hosts"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          placeholder="client.example, www.client.example"
        />
      </label>
      <p class="problem wrong" role="alert" />
      <button type="submit">{sharing.create}</button>
      <div data-link />
    </form>
  ) : null
}
