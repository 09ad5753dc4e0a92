import type { Mount } from '../components/panel'
import { keys } from '../settings/keys'
import { removal } from '../settings/removal'
import { siteForm } from '../settings/siteForm'
import { start } from '../start'
import { PAGE } from '../state/page'

/** The first panel already tells a viewer that only the owner can change settings. */
const hide: Mount = section => section.remove()

start<'settings'>(
  PAGE.admin && PAGE.site
    ? { site: siteForm, keys, remove: removal }
    : { site: () => undefined, keys: hide, remove: hide },
)
