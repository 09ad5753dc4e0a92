import type { PageId, PanelId } from '../pages'
import { controls } from './components/controls'
import { find } from './components/find'
import { menus } from './components/menus'
import type { Mount } from './components/panel'
import { themeSwitch } from './components/themeSwitch'
import { tips } from './components/tips'

/**
 * Brings a page to life.
 * @param panels the page's panels, by id
 * @example start<'now'>({ present })
 */
export const start = <Id extends PageId>(panels: Readonly<Record<PanelId<Id>, Mount>>): void => {
  themeSwitch()
  // Where the navigation is narrower than its names, the one that is shown is in sight.
  document.querySelector('.pages [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  menus()
  tips()
  controls()
  for (const [id, mount] of Object.entries<Mount>(panels)) mount(find(`#${id}`))
}
