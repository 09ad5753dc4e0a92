import type { Mount } from '../components/panel'
import { keysForm } from '../panels/settings/keysForm'
import { removeForm } from '../panels/settings/removeForm'
import { siteForm } from '../panels/settings/siteForm'
import { start } from '../start'
import { PAGE } from '../state/page'

/** The first panel already says that only the owner can change settings. */
const hide: Mount = section => section.remove()

start<'settings'>(
  PAGE.admin && PAGE.site
    ? { site: siteForm, keys: keysForm, remove: removeForm }
    : { site: () => undefined, keys: hide, remove: hide },
)
