import type { FC } from 'hono/jsx'
import type { PageProps } from './page'
import { settingsTexts } from './texts/settings'
import { useTexts } from './texts/useTexts'

const Check: FC<{ value: string; text: string; checked?: boolean }> = ({ value, text, checked }) => (
  <label class="check">
    <input type="checkbox" name="sites" value={value} checked={checked} />
    <span>{text}</span>
  </label>
)

/** Invites somebody to sites that the reader owns. */
export const PeopleForm: FC<PageProps> = ({ rights, site, sites }) => {
  const { people } = useTexts(settingsTexts)
  return rights.own && site ? (
    <form class="form keys">
      <label>
        <span>{people.name}</span>
        <input name="name" required autocomplete="off" maxlength={200} />
      </label>
      <label>
        <span>{people.role}</span>
        <select name="role" aria-describedby="role-hint">
          <option value="viewer">{people.viewer}</option>
          <option value="editor">{people.editor}</option>
          <option value="owner">{people.owner}</option>
        </select>
      </label>
      <p class="hint" id="role-hint">
        {people.roleHint}
      </p>
      <fieldset class="checks">
        <legend>{people.sites}</legend>
        {rights.add && <Check value="*" text={people.allAndNewSites} />}
        {sites.map(({ domain }) => (
          <Check value={domain} text={domain} checked={domain === site.domain} />
        ))}
      </fieldset>
      <label>
        <span>{people.emailForAccess}</span>
        <input type="email" name="email" autocomplete="off" />
      </label>
      <p class="problem wrong" role="alert" />
      <button type="submit">{people.invite}</button>
      <div data-link />
    </form>
  ) : null
}
