import { find } from '../components/dom'
import { keys } from '../settings/keys'
import { removal } from '../settings/removal'
import { siteForm } from '../settings/siteForm'
import { start } from '../start'
import { PAGE } from '../state/page'

const FOR_THE_OWNER = { keys, remove: removal }

if (PAGE.admin && PAGE.site) start({ site: siteForm, ...FOR_THE_OWNER })
else {
  start({})
  // Said once is enough.
  for (const id of Object.keys(FOR_THE_OWNER)) find(`#${id}`).remove()
}
