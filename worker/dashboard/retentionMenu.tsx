import type { FC } from 'hono/jsx'
import type { PageProps } from './page'
import { SplitMenu } from './splitMenu'
import { usersTexts } from './texts/users'
import { useTexts } from './texts/useTexts'

const EventMenu: FC<{ id: string; label: string; without: string; chosen: string | undefined }> = props => (
  <>
    <label for={props.id}>{props.label}</label>
    <select id={props.id} autocomplete="off">
      <option value="">{props.without}</option>
      {props.chosen && (
        <option value={props.chosen} selected>
          {props.chosen}
        </option>
      )}
    </select>
  </>
)

/** The menus of the event that starts a cohort, of the event that counts as coming back, and of the split. */
export const RetentionMenu: FC<PageProps> = ({ view, shared }) => {
  const { retention: texts } = useTexts(usersTexts)
  // A shared link answers the page's own metrics, and the names of events are not among them.
  return (
    <div class="menus">
      <div hidden={shared !== null}>
        <div class="platform">
          <EventMenu id="first" label={texts.first} without={texts.firstVisit} chosen={view.own.first} />
          <EventMenu id="return" label={texts.back} without={texts.anyActivity} chosen={view.own.return} />
        </div>
      </div>
      <div class="platform">
        <SplitMenu view={view} />
      </div>
    </div>
  )
}
