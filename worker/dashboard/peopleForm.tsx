import type { FC } from 'hono/jsx'
import type { PageProps } from './page'

const Check: FC<{ value: string; text: string; checked?: boolean }> = ({ value, text, checked }) => (
  <label class="check">
    <input type="checkbox" name="sites" value={value} checked={checked} />
    <span>{text}</span>
  </label>
)

/** Invites somebody to sites that the reader owns. */
export const PeopleForm: FC<PageProps> = ({ rights, site, sites }) =>
  rights.own && site ? (
    <form class="form keys">
      <label>
        <span>Name</span>
        <input name="name" required autocomplete="off" maxlength={200} />
      </label>
      <label>
        <span>Role</span>
        <select name="role" aria-describedby="role-hint">
          <option value="viewer">Viewer</option>
          <option value="editor">Editor</option>
          <option value="owner">Owner</option>
        </select>
      </label>
      <p class="hint" id="role-hint">
        Viewers see the stats. Editors also change settings, goals and annotations. Owners also manage reports, data
        retention, keys and people, and can send data and delete the site.
      </p>
      <fieldset class="checks">
        <legend>Sites</legend>
        {rights.add && <Check value="*" text="All sites, including new ones" />}
        {sites.map(({ domain }) => (
          <Check value={domain} text={domain} checked={domain === site.domain} />
        ))}
      </fieldset>
      <label>
        <span>Email (optional, for Cloudflare Access)</span>
        <input type="email" name="email" autocomplete="off" />
      </label>
      <p class="problem wrong" role="alert" />
      <button type="submit">Invite</button>
      <div data-link />
    </form>
  ) : null
