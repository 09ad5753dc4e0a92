import { find } from '../components/find'
import type { Mount } from '../components/panel'
import { exportForm } from '../panels/settings/exportForm'
import { importForm } from '../panels/settings/importForm'
import { keysForm } from '../panels/settings/keysForm'
import { peopleForm } from '../panels/settings/peopleForm'
import { removeForm } from '../panels/settings/removeForm'
import { settingsTabs } from '../panels/settings/settingsTabs'
import { shareForm } from '../panels/settings/shareForm'
import { siteForm } from '../panels/settings/siteForm'
import { webhooksForm } from '../panels/settings/webhooksForm'
import { start } from '../start'
import { PAGE } from '../state/page'

/** The first panel already says who can change settings. */
const hide: Mount = section => section.remove()
const nothing: Mount = () => undefined

const { edit, own } = PAGE.rights
const isEditor = edit && PAGE.site !== null
const isOwner = own && PAGE.site !== null

start<'settings'>({
  tabs: isEditor ? nothing : hide,
  site: isEditor ? siteForm : nothing,
  webhooks: isOwner ? webhooksForm : hide,
  imports: isOwner ? importForm : hide,
  exports: isOwner ? exportForm : hide,
  people: isOwner ? peopleForm : hide,
  sharing: isOwner ? shareForm : hide,
  keys: isOwner ? keysForm : hide,
  remove: isOwner ? removeForm : hide,
})

if (isOwner) {
  find('#webhooks').dataset.tab = 'webhooks'
  find('#imports').dataset.tab = 'imports'
  find('#exports').dataset.tab = 'imports'
  find('#people').dataset.tab = 'people'
  find('#sharing').dataset.tab = 'people'
  find('#keys').dataset.tab = 'people'
  find('#remove').dataset.tab = 'danger'
}
if (isEditor) settingsTabs()
