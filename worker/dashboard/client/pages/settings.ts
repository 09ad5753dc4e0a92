import { find } from '../components/find'
import type { Mount } from '../components/panel'
import { keysForm } from '../panels/settings/keysForm'
import { removeForm } from '../panels/settings/removeForm'
import { settingsTabs } from '../panels/settings/settingsTabs'
import { siteForm } from '../panels/settings/siteForm'
import { webhooksForm } from '../panels/settings/webhooksForm'
import { start } from '../start'
import { PAGE } from '../state/page'

/** The first panel already says that only the owner can change settings. */
const hide: Mount = section => section.remove()

const isOwner = PAGE.admin && PAGE.site

start<'settings'>(
  isOwner
    ? { tabs: () => undefined, site: siteForm, webhooks: webhooksForm, keys: keysForm, remove: removeForm }
    : { tabs: hide, site: () => undefined, webhooks: hide, keys: hide, remove: hide },
)

if (isOwner) {
  find('#webhooks').dataset.tab = 'webhooks'
  find('#keys').dataset.tab = 'people'
  find('#remove').dataset.tab = 'danger'
  settingsTabs()
}
